import type { CellRun } from "./cell-run.ts";
import type { OrderEvidence } from "./order.ts";

/** What one kernel ran, from its start to its end. */
export interface Session {
  /** By count. */
  readonly runs: readonly CellRun[];
  readonly evidence: readonly OrderEvidence[];
}

export interface Sessions {
  readonly sessions: readonly Session[];
  /** Whether the record tells which session was first. */
  readonly isChronological: boolean;
}

/** A session while it is put together. */
interface Draft {
  readonly runs: CellRun[];
  readonly evidence: OrderEvidence[];
}

/**
 * The kernel sessions that a notebook's runs belong to. Told apart by times against counts, by the processes that saved
 * outputs name, and by counts that stand twice; one session where nothing speaks against it.
 */
export function sessionsOf(runs: readonly CellRun[]): Sessions {
  const found = byTime(runs) ?? byProcess(runs) ?? byCount(runs);
  const drafts = found?.drafts ?? [{ runs: [...runs], evidence: [] }];
  return {
    sessions: drafts
      .filter((draft) => draft.runs.length > 0)
      .map((draft) => ({ evidence: draft.evidence, runs: draft.runs.toSorted(byCountThenPlace) })),
    isChronological: found?.isChronological ?? true,
  };
}

interface Found {
  readonly drafts: readonly Draft[];
  readonly isChronological: boolean;
}

/** A later run with a count that is not higher is of a kernel that was started in between. */
function byTime(runs: readonly CellRun[]): Found | undefined {
  const timed = runs
    .filter(({ started }) => started !== undefined)
    .sort((one, other) => (one.started as number) - (other.started as number) || byCountThenPlace(one, other));
  if (timed.length < 2) return undefined;
  const drafts: Draft[] = [];
  let before: CellRun | undefined;
  for (const run of timed) {
    const isNew = before === undefined || isRestart(before, run);
    if (isNew) {
      const message = `In [${run.count}] began ${isoTime(run)}, after In [${before?.count}] of cell ${before?.cell.index}: the kernel was restarted in between`;
      drafts.push({ runs: [], evidence: before === undefined ? [] : [{ cell: run.cell.index, message }] });
    }
    drafts.at(-1)?.runs.push(run);
    before = run;
  }
  if (drafts.length < 2) return undefined;
  placeOthers(
    runs.filter(({ started }) => started === undefined),
    drafts,
  );
  return { drafts, isChronological: true };
}

function isRestart(before: CellRun, run: CellRun): boolean {
  if (run.count < before.count) return true;
  return before.process !== undefined && run.process !== undefined && before.process !== run.process;
}

function byProcess(runs: readonly CellRun[]): Found | undefined {
  const processes = Map.groupBy(
    runs.filter(({ process }) => process !== undefined),
    ({ process }) => process as string,
  );
  if (processes.size < 2) return undefined;
  const drafts = [...processes].map(([process, own]) => ({
    runs: [...own],
    evidence: own.map(({ cell }) => ({
      cell: cell.index,
      message: `its saved output names the kernel process ${process}`,
    })),
  }));
  placeOthers(
    runs.filter(({ process }) => process === undefined),
    drafts,
  );
  return { drafts, isChronological: false };
}

/** A kernel gives each count once; a cell that was copied keeps its own. */
function byCount(runs: readonly CellRun[]): Found | undefined {
  const cells = Map.groupBy(runs, ({ count }) => count);
  const twice = [...cells.values()].find((all) => new Set(all.map(({ cell }) => cell.source)).size > 1);
  if (twice === undefined) return undefined;
  // Going down the document, each run joins the session whose last count is nearest below its own. A session is begun
  // only by a count below all others, so that the last counts always fall from one session to the next.
  const drafts: Draft[] = [];
  for (const run of runs) {
    let low = 0;
    let high = drafts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lastCount(drafts[middle] as Draft) < run.count) high = middle;
      else low = middle + 1;
    }
    const draft = drafts[low];
    if (draft === undefined) drafts.push({ runs: [run], evidence: [] });
    else draft.runs.push(run);
  }
  const [first, second] = twice as [CellRun, CellRun];
  drafts[0]?.evidence.push({
    cell: second.cell.index,
    message: `cells ${first.cell.index} and ${second.cell.index} both ran as In [${second.count}]`,
  });
  return { drafts, isChronological: false };
}

/**
 * Into the session of the same process; else, of those that have not used the count yet, into that of the nearest cell,
 * the one above before the one below.
 */
function placeOthers(runs: readonly CellRun[], drafts: Draft[]): void {
  const known = drafts.map(({ runs: own, evidence }) => ({ runs: [...own], evidence }));
  for (const run of runs) {
    const same = drafts.find((draft) =>
      draft.runs.some(({ process }) => process !== undefined && process === run.process),
    );
    const [free] = drafts
      .filter((draft) => draft.runs.every(({ count }) => count !== run.count))
      .map((draft) => ({ draft, distance: distanceTo(run, known[drafts.indexOf(draft)] ?? draft) }))
      .sort((one, other) => one.distance - other.distance);
    const draft = same ?? free?.draft;
    if (draft === undefined) drafts.unshift({ runs: [run], evidence: [] });
    else draft.runs.push(run);
  }
}

function distanceTo({ cell }: CellRun, { runs }: Draft): number {
  return Math.min(
    ...runs.map((run) =>
      run.cell.index < cell.index ? cell.index - run.cell.index : run.cell.index - cell.index + 0.5,
    ),
  );
}

function lastCount({ runs }: Draft): number {
  return runs.at(-1)?.count ?? 0;
}

function byCountThenPlace(one: CellRun, other: CellRun): number {
  return one.count - other.count || one.cell.index - other.cell.index;
}

function isoTime({ started }: CellRun): string {
  return `${new Date(started as number).toISOString().slice(0, 19)}Z`;
}
