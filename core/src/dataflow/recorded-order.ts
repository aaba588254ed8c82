import type { CodeCell, Notebook } from "../notebook/model.ts";

/**
 * The order in which the code cells ran last, by their execution counts: indices into the notebook's cells. Cells that
 * never ran are left out; where two have the same count (two sessions) the document decides. Absent where no cell ran,
 * or where the order is that of all code cells in the document.
 */
export function recordedOrder(notebook: Notebook): readonly number[] | undefined {
  const code = notebook.cells.filter((cell): cell is CodeCell => cell.kind === "code" && cell.source.trim() !== "");
  const ran = code.filter((cell) => cell.executionCount !== null);
  if (ran.length === 0) return undefined;
  const order = ran
    .toSorted(
      (one, other) => (one.executionCount as number) - (other.executionCount as number) || one.index - other.index,
    )
    .map((cell) => cell.index);
  const isDocument = order.length === code.length && order.every((index, position) => index === code[position]?.index);
  return isDocument ? undefined : order;
}
