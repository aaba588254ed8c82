import type { Dataflow, Statement } from "../../dataflow/model.ts";
import { sliceOf } from "../../dataflow/slice.ts";
import { cellOf } from "../../dataflow/statement-id.ts";
import type { CommandMeaning } from "../../ipython/translation.ts";

/**
 * These cells, and every one before them that they need: what a fresh kernel has to run so that they compute what they
 * compute in the whole notebook. Cells run whole, so that what the rest of a needed cell needs is needed too.
 */
export function cellsNeeded(flow: Dataflow, wanted: Iterable<number>): ReadonlySet<number> {
  const cells = new Set(wanted);
  for (;;) {
    const before = cells.size;
    const statements = flow.statements.filter(({ cell }) => cells.has(cell)).map(({ id }) => id);
    for (const id of sliceOf(flow, statements)) cells.add(cellOf(id));
    // IPython's own state (`%load_ext`, `%cd`, `%env`) is in no variable: who sets it runs in any case.
    const last = Math.max(...cells);
    for (const { cell, translation } of flow.cells) {
      if (cell.index < last && translation.commands.some(({ meaning }) => statefulCommands.has(meaning))) {
        cells.add(cell.index);
      }
    }
    if (cells.size === before) return cells;
  }
}

/** Commands that leave something behind in the kernel, or may. */
const statefulCommands: ReadonlySet<CommandMeaning> = new Set([
  "display",
  "environment",
  "file",
  "foreign",
  "setting",
  "unknown",
]);

export interface Resumption {
  /** Cells that run, of those that ran before too. */
  readonly run: ReadonlySet<number>;
  /** Cells whose results are taken over from the earlier run. */
  readonly kept: ReadonlySet<number>;
}

/**
 * Which cells a run that was cut off has to run so that it ends as if it had not been: those that are not done, the ones
 * that these need, and, where one of these may give another result this time, everything that used its first result.
 */
export function resumption(flow: Dataflow, executed: readonly number[], done: ReadonlySet<number>): Resumption {
  const after = dependents(flow);
  const run = new Set(
    cellsNeeded(
      flow,
      executed.filter((cell) => !done.has(cell)),
    ),
  );
  const open = [...run];
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    if (!done.has(cell) || isSteady(flow, cell)) continue;
    const stale = [...(after.get(cell) ?? [])].filter((dependent) => !run.has(dependent));
    for (const added of stale.length === 0 ? [] : cellsNeeded(flow, [...run, ...stale])) {
      if (!run.has(added)) open.push(added);
      run.add(added);
    }
  }
  return { run, kept: new Set(executed.filter((cell) => done.has(cell) && !run.has(cell))) };
}

/** Cells that use, directly or not, what a cell made. */
function dependents(flow: Dataflow): ReadonlyMap<number, ReadonlySet<number>> {
  const direct = new Map<number, Set<number>>();
  for (const { from, to } of flow.edges) {
    const known = direct.get(cellOf(from)) ?? new Set();
    direct.set(cellOf(from), known.add(cellOf(to)));
  }
  const all = new Map<number, ReadonlySet<number>>();
  for (const start of direct.keys()) {
    const found = new Set(direct.get(start));
    for (const cell of found) for (const next of direct.get(cell) ?? []) found.add(next);
    all.set(start, found);
  }
  return all;
}

/** Whether a cell surely gives the same values again: everything that it calls is known, and nothing asks the outside or draws. */
function isSteady(flow: Dataflow, cell: number): boolean {
  const commands = flow.cells.find((one) => one.cell.index === cell)?.translation.commands ?? [];
  const statements = flow.statements.filter((statement) => statement.cell === cell);
  const ids = new Set(statements.map(({ id }) => id));
  return (
    commands.length === 0 &&
    statements.every(callsAreSteady) &&
    !flow.randomness.some(({ statement, use, seeded }) => ids.has(statement) && use === "draw" && !seeded) &&
    !flow.files.some(({ statement, path }) => ids.has(statement) && path === undefined)
  );
}

const outside: ReadonlySet<string> = new Set(["clock", "process", "network", "database"]);

function callsAreSteady({ calls }: Statement): boolean {
  return calls.every(
    ({ effect }) => effect !== undefined && !(effect.state ?? []).some(({ state }) => outside.has(state)),
  );
}
