import type { Expr, Module, Pattern, Stmt } from "./ast.ts";

/** A node that has a type. */
export type TypedNode = Module | Stmt | Expr | Pattern;

/**
 * The typed nodes directly below a node, in the order of its fields; those in its arguments, keywords, handlers,
 * comprehensions and other parts without a type of their own are among them.
 */
export function children(node: TypedNode): TypedNode[] {
  const found: TypedNode[] = [];
  const waiting: unknown[] = Object.values(node).reverse();
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (value === null || typeof value !== "object") continue;
    if ("type" in value) found.push(value as TypedNode);
    else for (const inner of Object.values(value).reverse()) waiting.push(inner);
  }
  return found;
}

/** A node and every typed node below it, outermost first, each with its depth. Uses no recursion. */
export function* walk(root: TypedNode): Generator<{ readonly node: TypedNode; readonly depth: number }> {
  const waiting = [{ node: root, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    for (const node of children(next.node).reverse()) waiting.push({ node, depth: next.depth + 1 });
  }
}
