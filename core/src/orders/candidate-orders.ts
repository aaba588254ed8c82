import { analyseDataflow } from "../dataflow/analyse.ts";
import type { Dataflow } from "../dataflow/model.ts";
import type { LibraryVersions } from "../effects/version-range.ts";
import type { Notebook } from "../notebook/model.ts";
import { cellsThatBuildOnThemselves } from "./builds-on-itself.ts";
import { type CellRun, recordedRuns } from "./cell-run.ts";
import { earlierRuns } from "./earlier-runs.ts";
import { type RunsWithLost, withLostRuns } from "./lost-runs.ts";
import type { Order, OrderEvidence, OrderKind } from "./order.ts";
import { repairOrder } from "./repaired-order.ts";
import { type Session, sessionsOf } from "./sessions.ts";
import { unboundNames } from "./unbound-names.ts";

/** What is known of a notebook; an `Analysis` is one. */
export interface OrderSubject {
  readonly notebook: Notebook;
  /** Of all code cells, in the order of the document. */
  readonly document: Dataflow;
  readonly versions?: LibraryVersions;
}

interface Draft {
  readonly kind: OrderKind;
  readonly title: string;
  readonly cells: readonly number[];
  readonly runs?: readonly number[];
  readonly evidence: readonly OrderEvidence[];
}

/**
 * The orders in which a notebook's cells may have run, or may be run, each once and with its evidence; never empty.
 * The best comes first: the one that leaves the fewest names unbound, then the one that is nearest to the record, then
 * the order of the document. Which of them gives the saved outputs again, only running can tell (`verify/score-orders`).
 */
export function candidateOrders(subject: OrderSubject): readonly Order[] {
  const { notebook, document, versions = {} } = subject;
  const code = document.cells.map(({ cell }) => cell).filter(({ source }) => source.trim() !== "");
  const all = code.map(({ index }) => index);
  const known = new Map<string, Dataflow>([[document.order.join(), document]]);
  const analyse = (order: readonly number[]): Dataflow => {
    const dataflow = known.get(order.join()) ?? analyseDataflow(document.cells, { ...document.world, order, versions });
    known.set(order.join(), dataflow);
    return dataflow;
  };
  const runs = recordedRuns(notebook);
  const drafts: Draft[] = [
    { kind: "document", title: "the order of the document", cells: all, evidence: [] },
    ...fromRecord(runs),
    ...repeated(runs, document),
  ];
  const earlier = earlierRuns(notebook);
  for (const draft of [...drafts]) {
    const isAsItWas = draft.kind === "session" || draft.kind === "repeated";
    const repaired = isAsItWas ? undefined : repairOrder(draft.cells, document, earlier, analyse);
    if (repaired === undefined) continue;
    drafts.push({
      kind: "repaired",
      title: `${draft.title}, with cells moved before those that need them`,
      cells: repaired.cells,
      evidence: [...draft.evidence, ...repaired.evidence],
    });
  }
  const seen = new Set<string>();
  const ranks = recordedRanks(runs);
  return drafts
    .filter(({ cells, runs: all = cells }) => !seen.has(all.join()) && seen.add(all.join()))
    .map((draft) => ({
      ...draft,
      leftOut: all.filter((index) => !draft.cells.includes(index)),
      // A name that was bound once stays so: what counts is where each cell runs first.
      unbound: unboundNames(analyse([...new Set(draft.runs ?? draft.cells)])),
      inversions: inversionsWithin(draft.cells, ranks),
    }))
    .sort(byPromise);
}

/** Of so many sessions each may be told alone; more would bury the others. */
const mostSessions = 3;

function fromRecord(runs: readonly CellRun[]): readonly Draft[] {
  if (runs.length === 0) return [];
  const { sessions, isChronological } = sessionsOf(runs);
  const cellsOf = (some: readonly Session[]) => some.flatMap((one) => one.runs.map(({ cell }) => cell.index));
  const evidence = [
    ...sessions.flatMap((session) => session.evidence),
    ...runs.map(({ cell, count }) => ({ cell: cell.index, message: `ran as In [${count}]` })),
  ];
  const drafts: Draft[] = [
    {
      kind: "recorded",
      title: `the order in which the cells ran last${sessions.length > 1 ? `, in ${sessions.length} kernel sessions` : ""}`,
      cells: cellsOf(sessions),
      evidence,
    },
  ];
  if (sessions.length === 1) return drafts;
  // A later session often ran the first cells again: its order is then that of the beginning, and the earlier one followed.
  const title = "the order of the kernel sessions, the later one first";
  drafts.push({ kind: "sessions", title, cells: cellsOf(sessions.toReversed()), evidence });
  const alone = isChronological ? sessions.slice(-1) : sessions.slice(0, mostSessions);
  for (const session of alone) {
    const title = isChronological
      ? "the last kernel session alone"
      : `the kernel session of cell ${session.runs[0]?.cell.index} alone`;
    drafts.push({ kind: "session", title, cells: cellsOf([session]), evidence });
  }
  const counts = runs.toSorted((one, other) => one.count - other.count || one.cell.index - other.cell.index);
  drafts.push({
    kind: "counts",
    title: "the order of the counts, as if there had been one session",
    cells: counts.map(({ cell }) => cell.index),
    evidence,
  });
  return drafts;
}

/** The recorded order, with the runs in it of which no count is left. */
function repeated(runs: readonly CellRun[], document: Dataflow): readonly Draft[] {
  const { sessions } = sessionsOf(runs);
  const buildsOn = cellsThatBuildOnThemselves(document);
  const ways = sessions.map((session) => withLostRuns(session, buildsOn));
  const most = Math.max(0, ...ways.map(({ length }) => length));
  return Array.from({ length: most }, (_, way) => {
    const parts = sessions.map(
      (session, at): RunsWithLost =>
        ways[at]?.[way] ?? ways[at]?.[0] ?? { runs: session.runs.map(({ cell }) => cell.index), evidence: [] },
    );
    const all = parts.flatMap((part) => part.runs);
    return {
      kind: "repeated",
      title: "the order in which the cells ran last, with runs that left no count",
      cells: [...new Set(all.toReversed())].reverse(),
      runs: all,
      evidence: parts.flatMap(({ evidence }) => evidence),
    };
  });
}

/** Where each cell of a session stands in it, for each session: between two sessions the record orders nothing. */
function recordedRanks(runs: readonly CellRun[]): readonly ReadonlyMap<number, number>[] {
  const { sessions } = sessionsOf(runs);
  return sessions.map((session) => new Map(session.runs.map(({ cell }, rank) => [cell.index, rank])));
}

function inversionsWithin(cells: readonly number[], ranks: readonly ReadonlyMap<number, number>[]): number {
  const home = new Map(ranks.flatMap((own, session) => [...own.keys()].map((index) => [index, session] as const)));
  const apart = Map.groupBy(
    cells.filter((index) => home.has(index)),
    (index) => home.get(index) as number,
  );
  let sum = 0;
  for (const [session, own] of apart) sum += inversionsOf(own, ranks[session] as ReadonlyMap<number, number>);
  return sum;
}

/** Counted by merging, so that thousands of cells take no time. */
function inversionsOf(cells: readonly number[], ranks: ReadonlyMap<number, number>): number {
  let sequence = cells.flatMap((index) => ranks.get(index) ?? []);
  let inversions = 0;
  for (let width = 1; width < sequence.length; width *= 2) {
    const merged: number[] = [];
    for (let start = 0; start < sequence.length; start += 2 * width) {
      const left = sequence.slice(start, start + width);
      const right = sequence.slice(start + width, start + 2 * width);
      let at = 0;
      for (const rank of right) {
        while (at < left.length && (left[at] as number) < rank) merged.push(left[at++] as number);
        inversions += left.length - at;
        merged.push(rank);
      }
      merged.push(...left.slice(at));
    }
    sequence = merged;
  }
  return inversions;
}

const preference: readonly OrderKind[] = [
  "document",
  "recorded",
  "repeated",
  "sessions",
  "counts",
  "repaired",
  "session",
];

/** One that leaves out cells that ran says less than one that has them all. */
function byPromise(one: Order, other: Order): number {
  const isPart = (order: Order): number => (order.kind === "session" ? 1 : 0);
  return (
    isPart(one) - isPart(other) ||
    one.unbound.length - other.unbound.length ||
    one.inversions - other.inversions ||
    preference.indexOf(one.kind) - preference.indexOf(other.kind) ||
    ((one.runs ?? one.cells).join() < (other.runs ?? other.cells).join() ? -1 : 1)
  );
}
