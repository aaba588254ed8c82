import type * as ast from "../python/ast.ts";

/** Any node of the tree that has a `type`. */
export type TypedNode = ast.Module | ast.Stmt | ast.Expr | ast.Pattern;

/** Every typed node below and including one, outermost first, in no recursion (input may be nested 10,000 deep). */
export function* nodesOf(root: TypedNode | ast.Stmt | ast.Expr): Generator<TypedNode> {
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (node === null || typeof node !== "object") continue;
    if (Array.isArray(node)) {
      for (let at = node.length - 1; at >= 0; at--) waiting.push(node[at]);
      continue;
    }
    if ("type" in node) yield node as TypedNode;
    const values = Object.values(node);
    for (let at = values.length - 1; at >= 0; at--) {
      if (typeof values[at] === "object") waiting.push(values[at]);
    }
  }
}
