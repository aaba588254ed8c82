import type { Dataflow, Statement } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { analysedCell } from "../record.ts";

/**
 * Whether running a statement once more gives what it gave before, so that a later run of it tells nothing: imports, and
 * definitions and constants that stand in one cell with others of their kind (such a cell is run again for its other
 * lines). A cell of functions alone is run again when one of them was edited.
 */
export function isSettled(document: Dataflow, { node, cell }: Statement): boolean {
  if (isImport(node)) return true;
  const body = analysedCell(document, cell)?.module.body ?? [];
  if (isDefinition(node)) return !body.every(isDefinition);
  return (
    node.type === "Assign" && node.value.type === "Constant" && body.some((one) => isImport(one) || isDefinition(one))
  );
}

function isImport({ type }: ast.Stmt): boolean {
  return type === "Import" || type === "ImportFrom";
}

function isDefinition({ type }: ast.Stmt): boolean {
  return ["FunctionDef", "AsyncFunctionDef", "ClassDef"].includes(type);
}
