import type { Statement } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import type { CellCode } from "../clue.ts";

/** `df["a"].fillna(0, inplace=True)` as a statement of its own. */
export interface ColumnChange {
  readonly statement: Statement;
  readonly node: ast.Call;
  /** `df`. */
  readonly frame: string;
  /** As written: `df["a"]`. */
  readonly column: string;
  readonly method: string;
  readonly inplace: ast.Keyword;
}

/** Methods that reached the frame through a column until pandas 3; others never did. */
const methods = new Set("fillna replace clip interpolate ffill bfill where mask".split(" "));

/** Columns of tables that a cell changes in place, in statements at its top level. */
export function columnChanges(cell: CellCode): readonly ColumnChange[] {
  const { python } = cell.translation;
  if (!python.includes("inplace")) return [];
  return cell.statements.flatMap((statement) => {
    const { node, calls } = statement;
    if (node.type !== "Expr" || node.value.type !== "Call") return [];
    const call = node.value;
    const { func } = call;
    if (func.type !== "Attribute" || !methods.has(func.attr.name)) return [];
    const frame = frameOf(func.value);
    const inplace = call.keywords.find(({ arg }) => arg?.name === "inplace");
    const isPandas = calls.some((site) => site.node === call && site.callee?.startsWith("pandas.") === true);
    if (frame === undefined || inplace?.value.type !== "Constant" || inplace.value.value !== true || !isPandas)
      return [];
    const column = python.slice(func.value.start, func.value.end);
    return [{ statement, node: call, frame, column, method: func.attr.name, inplace }];
  });
}

/** The name of the table that one column is taken of. */
function frameOf(node: ast.Expr): string | undefined {
  if (node.type === "Subscript" && node.value.type === "Name" && node.slice.type === "Constant") return node.value.id;
  return node.type === "Attribute" && node.value.type === "Name" ? node.value.id : undefined;
}
