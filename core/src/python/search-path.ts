import type { TypedNode } from "./walk.ts";

/** `sys.path`. */
export function isSearchPath(node: TypedNode): boolean {
  return (
    node.type === "Attribute" && node.attr.name === "path" && node.value.type === "Name" && node.value.id === "sys"
  );
}
