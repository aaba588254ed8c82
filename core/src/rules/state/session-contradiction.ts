import type { CodeCell, Notebook } from "../../notebook/model.ts";
import { type CellRun, recordedRuns } from "../../orders/cell-run.ts";

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
    const runs = recordedRuns(notebook);
    const contradiction = byProcess(runs) ?? byTime(runs) ?? byCount(runs);
    told = contradiction === undefined ? {} : { contradiction };
    known.set(notebook, told);
  }
  return told.contradiction;
}

/** Whether the counts can be compared: where two sessions counted, a higher one need not be later. */
export function countsAreOfOneSession(notebook: Notebook): boolean {
  return contradictionOf(notebook)?.isSure !== true;
}

/** Warnings and tracebacks name the kernel's process. */
function byProcess(runs: readonly CellRun[]): Contradiction | undefined {
  const [first, ...others] = runs.filter(({ process }) => process !== undefined);
  const second = others.find(({ process }) => process !== first?.process);
  if (first === undefined || second === undefined) return undefined;
  const why = `cell ${first.cell.index}'s are of process ${first.process}, cell ${second.cell.index}'s of process ${second.process}`;
  return { first: first.cell, second: second.cell, why, isSure: true };
}

/** In one session later runs have higher counts. */
function byTime(runs: readonly CellRun[]): Contradiction | undefined {
  const timed = runs
    .filter(({ started }) => started !== undefined)
    .sort((one, other) => (one.started as number) - (other.started as number));
  for (const [position, { cell, started, count }] of timed.entries()) {
    const before = timed[position - 1];
    if (before === undefined || before.started === started || before.count <= count) continue;
    const why = `In [${count}] (cell ${cell.index}) started after In [${before.count}] (cell ${before.cell.index})`;
    return { first: before.cell, second: cell, why, isSure: true };
  }
  return undefined;
}

/** A kernel gives each count once; but a cell that was copied keeps its own. */
function byCount(runs: readonly CellRun[]): Contradiction | undefined {
  const seen = new Map<number, CodeCell>();
  for (const { cell, count } of runs) {
    const first = seen.get(count);
    if (first !== undefined && first.source !== cell.source) {
      const why = `cells ${first.index} and ${cell.index} both ran as In [${count}]`;
      return { first, second: cell, why, isSure: false };
    }
    seen.set(count, cell);
  }
  return undefined;
}
