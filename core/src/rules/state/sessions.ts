import type { CodeCell, Notebook } from "../../notebook/model.ts";
import { savedSources } from "../../orders/saved-sources.ts";

/** Two cells whose outputs cannot be of one kernel session, and why. */
export interface Contradiction {
  readonly first: CodeCell;
  readonly second: CodeCell;
  readonly why: string;
  readonly isSure: boolean;
}

const known = new WeakMap<Notebook, { readonly contradiction?: Contradiction }>();

/** The first sign that the outputs are of several sessions, if there is one. */
export function contradictionOf(notebook: Notebook): Contradiction | undefined {
  let told = known.get(notebook);
  if (told === undefined) {
    const contradiction = byProcess(notebook) ?? byTime(notebook) ?? byCount(notebook);
    told = contradiction === undefined ? {} : { contradiction };
    known.set(notebook, told);
  }
  return told.contradiction;
}

/** Whether the counts can be compared: where two sessions counted, a higher one need not be later. */
export function countsAreOfOneSession(notebook: Notebook): boolean {
  return contradictionOf(notebook)?.isSure !== true;
}

function ranCells({ cells }: Notebook): CodeCell[] {
  return cells.filter((cell): cell is CodeCell => cell.kind === "code" && cell.executionCount !== null);
}

/** Warnings and tracebacks name the kernel's process. */
function byProcess(notebook: Notebook): Contradiction | undefined {
  let first: { cell: CodeCell; process: string } | undefined;
  for (const cell of ranCells(notebook)) {
    for (const { process } of savedSources(cell)) {
      if (process === undefined) continue;
      first ??= { cell, process };
      if (first.process === process) continue;
      const why = `cell ${first.cell.index}'s are of process ${first.process}, cell ${cell.index}'s of process ${process}`;
      return { first: first.cell, second: cell, why, isSure: true };
    }
  }
  return undefined;
}

/** In one session later runs have higher counts. */
function byTime(notebook: Notebook): Contradiction | undefined {
  const timed = ranCells(notebook)
    .map((cell) => ({ cell, time: startOf(cell) }))
    .filter(({ time }) => !Number.isNaN(time))
    .sort((one, other) => one.time - other.time);
  for (const [position, { cell, time }] of timed.entries()) {
    const earlier = timed[position - 1];
    if (earlier === undefined || earlier.time === time) continue;
    const before = earlier.cell;
    if ((before.executionCount as number) <= (cell.executionCount as number)) continue;
    const why = `In [${cell.executionCount}] (cell ${cell.index}) started after In [${before.executionCount}] (cell ${before.index})`;
    return { first: before, second: cell, why, isSure: true };
  }
  return undefined;
}

/** When a cell's run began, as JupyterLab records it. */
function startOf({ metadata }: CodeCell): number {
  const { execution } = metadata as { execution?: Readonly<Record<string, unknown>> };
  const text = execution?.["iopub.execute_input"] ?? execution?.["iopub.status.busy"];
  return typeof text === "string" ? Date.parse(text) : Number.NaN;
}

/** A kernel gives each count once; but a cell that was copied keeps its own. */
function byCount(notebook: Notebook): Contradiction | undefined {
  const seen = new Map<number, CodeCell>();
  for (const cell of ranCells(notebook)) {
    const count = cell.executionCount as number;
    const first = seen.get(count);
    if (first !== undefined && first.source !== cell.source) {
      const why = `cells ${first.index} and ${cell.index} both ran as In [${count}]`;
      return { first, second: cell, why, isSure: false };
    }
    seen.set(count, cell);
  }
  return undefined;
}
