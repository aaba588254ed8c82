import type { Expr, Module, Pattern, Stmt } from "./ast.ts";

/** A node that has a type. */
export type TypedNode = Module | Stmt | Expr | Pattern;

/**
 * The typed nodes directly below a node, in the order of its fields; those in its arguments, keywords, handlers,
 * comprehensions and other parts without a type of their own are among them.
 */
export function children(node: TypedNode): TypedNode[] {
  const found: TypedNode[] = [];
  addInside(node, found);
  return found;
}

/** Recursion ends at the first node with a type: a few levels down. */
function addInside(part: object, found: TypedNode[]): void {
  for (const key in part) {
    const value = (part as Record<string, unknown>)[key];
    if (value === null || typeof value !== "object") continue;
    if ("type" in value) found.push(value as TypedNode);
    else addInside(value, found);
  }
}

/** A node on a walk. */
export interface Step {
  readonly node: TypedNode;
  readonly depth: number;
}

const walked = new WeakMap<TypedNode, readonly Step[]>();

/**
 * A node and every typed node below it, outermost first, each with its depth. Uses no recursion. Trees never change, and
 * a dozen rules walk each: where it led is kept.
 */
export function walk(root: TypedNode): readonly Step[] {
  let steps = walked.get(root);
  if (steps === undefined) {
    steps = stepsFrom(root);
    walked.set(root, steps);
  }
  return steps;
}

function stepsFrom(root: TypedNode): readonly Step[] {
  const steps: Step[] = [];
  const waiting: Step[] = [{ node: root, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    steps.push(next);
    const below = children(next.node);
    for (let at = below.length - 1; at >= 0; at--)
      waiting.push({ node: below[at] as TypedNode, depth: next.depth + 1 });
  }
  return steps;
}
