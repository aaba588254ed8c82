import type { Expr, Module, Pattern, Stmt } from "./ast.ts";

/** A node that has a type. */
export type TypedNode = Module | Stmt | Expr | Pattern;

/** Trees never change, and a dozen rules walk each: what is below a node is kept. */
const below = new WeakMap<TypedNode, readonly TypedNode[]>();

/**
 * The typed nodes directly below a node, in the order of its fields; those in its arguments, keywords, handlers,
 * comprehensions and other parts without a type of their own are among them.
 */
export function children(node: TypedNode): readonly TypedNode[] {
  let found = below.get(node);
  if (found === undefined) {
    const nodes: TypedNode[] = [];
    addInside(node, nodes);
    found = nodes;
    below.set(node, found);
  }
  return found;
}

/** Recursion ends at the first node with a type: a few levels down. */
function addInside(part: object, found: TypedNode[]): void {
  for (const key in part) add((part as Record<string, unknown>)[key], found);
}

function add(value: unknown, found: TypedNode[]): void {
  if (value === null || typeof value !== "object") return;
  if (Array.isArray(value)) for (const each of value) add(each, found);
  else if ("type" in value) found.push(value as TypedNode);
  else addInside(value, found);
}

/** A node on a walk. */
export interface Step {
  readonly node: TypedNode;
  readonly depth: number;
}

const walked = new WeakMap<TypedNode, readonly Step[]>();

/**
 * A node and every typed node below it, outermost first, each with its depth. Uses no recursion. Where it led is kept.
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
    const nodes = children(next.node);
    for (let at = nodes.length - 1; at >= 0; at--)
      waiting.push({ node: nodes[at] as TypedNode, depth: next.depth + 1 });
  }
  return steps;
}
