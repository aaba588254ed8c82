import type { CellRun } from "./cell-run.ts";
import type { OrderEvidence } from "./order.ts";
import type { Session } from "./sessions.ts";

/** Every run of a session as it may have been, those too whose counts were written over. */
export interface RunsWithLost {
  /** Indices of cells; one that ran several times stands in it several times. */
  readonly runs: readonly number[];
  readonly evidence: readonly OrderEvidence[];
}

/** A gap of more counts than that comes from cells that are gone. */
const mostLost = 20;

/**
 * What may have left the counts that no cell has any more: a cell that stands where the gap is and ran again later, or
 * else the cell behind the gap, several times in a row, or the block of cells behind it, as long as the gap. Each way of
 * filling the gaps once; none where there are none to fill. `buildsOn` are the cells of which a second run makes another
 * value: of others a repeat would show nothing.
 */
export function withLostRuns({ runs }: Session, buildsOn: ReadonlySet<number>): readonly RunsWithLost[] {
  if (runs.every(({ count }, at) => count <= (runs[at - 1]?.count ?? 0) + 1)) return [];
  const plain = runs.map(({ cell }) => cell.index).join();
  const seen = new Set([plain]);
  return [cellAgain, blockAgain]
    .map((fill) => filled(runs, buildsOn, fill))
    .filter((order) => !seen.has(order.runs.join()) && seen.add(order.runs.join()));
}

/** Runs that fill a gap of some counts before the run at a place; none where they cannot. */
type Fill = (
  runs: readonly CellRun[],
  at: number,
  lost: number,
  buildsOn: ReadonlySet<number>,
) => { readonly again: readonly number[]; readonly why: string } | undefined;

function filled(runs: readonly CellRun[], buildsOn: ReadonlySet<number>, fill: Fill): RunsWithLost {
  const order: number[] = [];
  const evidence: OrderEvidence[] = [];
  const byPlace = runs.toSorted((one, other) => one.cell.index - other.cell.index);
  const placed = new Set<number>();
  for (const [at, run] of runs.entries()) {
    const before = runs[at - 1];
    let lost = run.count - (before?.count ?? 0) - 1;
    if (lost > 0 && lost <= mostLost) {
      const first = ranFirstBetween(before, run, byPlace).filter(({ cell }) => !placed.has(cell.index));
      if (first.length <= lost) {
        for (const { cell, count } of first) {
          placed.add(cell.index);
          order.push(cell.index);
          const message = `stands where the counts below ${run.count} are missing, and ran again as In [${count}]: it may have run there first`;
          evidence.push({ cell: cell.index, message });
        }
        lost -= first.length;
      }
      const rest = lost > 0 ? fill(runs, at, lost, buildsOn) : undefined;
      if (rest !== undefined) {
        order.push(...rest.again);
        evidence.push({ cell: run.cell.index, message: rest.why });
      }
    }
    order.push(run.cell.index);
  }
  return { runs: order, evidence };
}

/** The cells between two in the document whose last run came later than both. */
function ranFirstBetween(
  before: CellRun | undefined,
  { cell, count }: CellRun,
  byPlace: readonly CellRun[],
): readonly CellRun[] {
  const above = before?.cell.index ?? -1;
  return byPlace.filter((run) => above < run.cell.index && run.cell.index < cell.index && run.count > count);
}

const cellAgain: Fill = (runs, at, lost, buildsOn) => {
  const { cell, count } = runs[at] as CellRun;
  if (!buildsOn.has(cell.index)) return undefined;
  const why = `${countsBelow(count, lost)} missing, and each run of it goes on from what the last one left: it may have run ${lost + 1} times`;
  return { again: Array.from({ length: lost }, () => cell.index), why };
};

const blockAgain: Fill = (runs, at, lost, buildsOn) => {
  const { count } = runs[at] as CellRun;
  const block = runs.slice(at, at + lost);
  const isWhole = block.length === lost && block.every((run, place) => run.count === count + place);
  const again = block.map(({ cell }) => cell.index);
  if (lost < 2 || !isWhole || !again.some((cell) => buildsOn.has(cell))) return cellAgain(runs, at, lost, buildsOn);
  return {
    again,
    why: `${countsBelow(count, lost)} missing, as many as cells ${again.join(", ")} took: these may have run twice`,
  };
};

function countsBelow(count: number, lost: number): string {
  return lost === 1 ? `the count ${count - 1} below its own is` : `the ${lost} counts below its own (${count}) are`;
}
