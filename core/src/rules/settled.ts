import type { Dataflow, Statement } from "../dataflow/model.ts";
import type * as ast from "../python/ast.ts";
import { analysedCell } from "./record.ts";

/**
 * Whether running a statement once more gives what it gave before, so that a later run of it tells nothing: imports and
 * definitions, and constants that stand in one cell with them (a cell of settings is run again for its other lines).
 */
export function isSettled(document: Dataflow, { node, cell }: Statement): boolean {
  if (isDefinition(node)) return true;
  if (node.type !== "Assign" || node.value.type !== "Constant") return false;
  return analysedCell(document, cell)?.module.body.some(isDefinition) ?? false;
}

function isDefinition({ type }: ast.Stmt): boolean {
  return ["Import", "ImportFrom", "FunctionDef", "AsyncFunctionDef", "ClassDef"].includes(type);
}
