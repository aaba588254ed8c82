import type * as ast from "./ast.ts";

/** What `def`, `async def` and `class` make. */
export type Definition = ast.FunctionDef | ast.ClassDef;

/** True for `def` and `async def`. */
export function isFunction(node: { readonly type: string }): node is ast.FunctionDef {
  return node.type === "FunctionDef" || node.type === "AsyncFunctionDef";
}

/** True for `def`, `async def` and `class`. */
export function isDefinition(node: { readonly type: string }): node is Definition {
  return isFunction(node) || node.type === "ClassDef";
}
