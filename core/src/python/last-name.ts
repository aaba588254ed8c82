import type * as ast from "./ast.ts";

/** What stands last in a dotted name, called or not: `field` of `field`, `dataclasses.field` and `dataclasses.field(...)`. */
export function lastName(node: ast.Expr): string {
  if (node.type === "Call") return lastName(node.func);
  if (node.type === "Attribute") return node.attr.name;
  return node.type === "Name" ? node.id : "";
}
