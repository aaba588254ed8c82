import type { CodeCell, Notebook } from "../notebook/model.ts";
import { recordedRuns } from "./cell-run.ts";
import { sessionsOf } from "./sessions.ts";

/**
 * The order in which the code cells ran last, by their execution counts, one kernel session after the other: indices into
 * the notebook's cells. Cells that never ran are left out; where two have the same count the document decides. Absent
 * where no cell ran, or where the order is that of all code cells in the document.
 */
export function recordedOrder(notebook: Notebook): readonly number[] | undefined {
  const code = notebook.cells.filter((cell): cell is CodeCell => cell.kind === "code" && cell.source.trim() !== "");
  const { sessions } = sessionsOf(recordedRuns(notebook));
  const order = sessions.flatMap(({ runs }) => runs.map(({ cell }) => cell.index));
  if (order.length === 0) return undefined;
  const isDocument = order.length === code.length && order.every((index, position) => index === code[position]?.index);
  return isDocument ? undefined : order;
}
