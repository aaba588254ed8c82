import type { AnalysedCell, Dataflow } from "../dataflow/model.ts";
import { mayRaiseTag, notRunTag } from "../notebook/cell-tags.ts";
import { joinLines } from "../notebook/lines.ts";
import type { CodeCell, Notebook } from "../notebook/model.ts";

/** What the file records of a cell's last run. */

/** The code cell at an index; undefined for a cell of another kind, or none. */
export function codeCell(notebook: Notebook, index: number): CodeCell | undefined {
  const cell = notebook.cells[index];
  return cell?.kind === "code" ? cell : undefined;
}

const cells = new WeakMap<Dataflow, ReadonlyMap<number, AnalysedCell>>();

/** What the analysis knows of the cell at an index of the notebook. */
export function analysedCell(document: Dataflow, index: number): AnalysedCell | undefined {
  const known = cells.get(document) ?? new Map(document.cells.map((cell) => [cell.cell.index, cell]));
  cells.set(document, known);
  return known.get(index);
}

/** It ran to its end: it has a count, and no output says that it failed. */
export function ranToItsEnd(cell: CodeCell): boolean {
  return cell.executionCount !== null && errorOf(cell) === undefined;
}

/** The error that ended its run. */
export function errorOf(cell: CodeCell): { readonly name: string; readonly value: string } | undefined {
  const output = cell.outputs.find(({ output_type: type }) => type === "error");
  if (output === undefined) return undefined;
  const { ename, evalue } = output as { ename?: unknown; evalue?: unknown };
  return { name: String(ename ?? ""), value: joinLines(evalue) ?? "" };
}

/** Its saved error is that there is no such name. */
export function isMissingName(cell: CodeCell | undefined, name: string): boolean {
  const error = cell && errorOf(cell);
  return error?.name === "NameError" && error.value.includes(`'${name}'`);
}

/** Its author wants it to fail, or not to be run. */
export function isMeantToFail(cell: CodeCell): boolean {
  return cell.tags.includes(mayRaiseTag) || cell.tags.includes(notRunTag);
}

/** `reprise fix` put it in or changed what it computes: that it has no count says nothing of the recorded session. */
export function isMended({ metadata }: CodeCell): boolean {
  const { reprise } = metadata as { reprise?: { mended?: unknown } };
  return reprise?.mended === true;
}

/**
 * How many counts just below a cell's own no cell has any more: runs of this cell, or of cells that were deleted or ran
 * again. None for the first one that ran.
 */
export function lostRunsBefore(notebook: Notebook, cell: CodeCell): number {
  if (cell.executionCount === null) return 0;
  const { counts, places } = countsOf(notebook);
  const before = counts[(places.get(cell.executionCount) ?? 0) - 1] ?? 0;
  return before === 0 ? 0 : cell.executionCount - before - 1;
}

/** Whether a count below the cell's own is missing: some cell, this one or another, ran before and again. */
export function hasLostRun(notebook: Notebook, { executionCount }: CodeCell): boolean {
  if (executionCount === null) return false;
  return (countsOf(notebook).places.get(executionCount) ?? -1) < executionCount - 1;
}

/** Whether a count between two others is missing, both left out. */
export function hasLostRunBetween(notebook: Notebook, after: number, before: number): boolean {
  const { counts } = countsOf(notebook);
  return counts.filter((count) => after < count && count < before).length < before - after - 1;
}

interface Counts {
  /** Each count once, in order. */
  readonly counts: readonly number[];
  /** The place of each among them. */
  readonly places: ReadonlyMap<number, number>;
}

const counted = new WeakMap<Notebook, Counts>();

function countsOf(notebook: Notebook): Counts {
  let known = counted.get(notebook);
  if (known === undefined) {
    const all = notebook.cells.flatMap((cell) =>
      cell.kind === "code" && cell.executionCount !== null ? [cell.executionCount] : [],
    );
    const counts = [...new Set(all)].sort((one, other) => one - other);
    known = { counts, places: new Map(counts.map((count, place) => [count, place])) };
    counted.set(notebook, known);
  }
  return known;
}
