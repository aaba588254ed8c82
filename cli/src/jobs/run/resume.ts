import { join } from "node:path";
import { type Analysis, ProblemError } from "@reprise/core";
import {
  hashText,
  identifyData,
  journalName,
  type KeptCells,
  openRunStore,
  type ParameterValue,
  plainValue,
  type RunRecord,
  type RunStore,
  recoverRun,
  resumption,
  storeFolder,
} from "@reprise/core/node";
import type { Call } from "../../execute.ts";

export interface ResumedPart {
  readonly cells: ReadonlySet<number>;
  readonly kept: KeptCells;
}

/** What a run must be like so that its results can stand in this one. */
export interface SameRun {
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  readonly seed?: number;
  readonly lockHash?: string;
  readonly python?: string;
}

/**
 * What the newest run of this notebook with the same parameters had done when it was cut off, and what is left to do.
 * Throws ProblemError RP347 where there is none, or where it would not give the same results any more.
 */
export async function resumedPart(analysis: Analysis, same: SameRun, call: Call): Promise<ResumedPart> {
  const store = await openRunStore(storeFolder());
  try {
    const { record, hash } = await newestRun(store, analysis, same);
    const recovered = await recoverRun(join(store.folderOf(record.id), journalName));
    if (recovered === undefined) throw nothingToResume(`run ${record.id.slice(0, 8)} has no journal`);
    if (record.code.hash !== hash) throw nothingToResume("the notebook has changed since its last run");
    await checkSurroundings(record, same);
    const done = [...recovered.cells.values()].filter(({ status }) => status === "ok");
    const { document } = analysis;
    const { run, kept } = resumption(document, document.order, new Set(done.map(({ cell }) => cell)));
    const again = done.filter(({ cell }) => run.has(cell)).map(({ cell }) => cell);
    const why = again.length === 0 ? "" : `; run again, because the rest needs them: ${again.join(", ")}`;
    call.note(`Resuming run ${record.id.slice(0, 8)}: the results of ${kept.size} cells are taken over${why}.`);
    return {
      cells: run,
      kept: {
        run: record.id,
        cells: new Map(done.filter(({ cell }) => kept.has(cell)).map((cell) => [cell.cell, cell])),
        metrics: recovered.metrics.filter(({ step }) => kept.has(step)),
      },
    };
  } finally {
    store.close();
  }
}

async function newestRun(
  store: RunStore,
  { notebook }: Analysis,
  { parameters, seed }: SameRun,
): Promise<{ readonly record: RunRecord; readonly hash: string }> {
  const wanted = JSON.stringify([...parameters].map(([name, value]) => [name, plainValue(value)]).sort());
  for (const { id, parameters: given } of await store.list({ code: notebook.path })) {
    if (JSON.stringify(Object.entries(given).sort()) !== wanted) continue;
    const record = await store.show(id);
    if (record.seed !== seed) continue;
    if (record.status === "running") throw nothingToResume(`its last run, ${id.slice(0, 8)}, goes on`);
    if (record.status === "succeeded") throw nothingToResume(`its last run, ${id.slice(0, 8)}, succeeded`);
    return { record, hash: hashText(notebook.text) };
  }
  throw nothingToResume("there is no run of this notebook with these parameters");
}

/** Results of another environment, or of other data, do not fit to new ones. */
async function checkSurroundings(record: RunRecord, { lockHash, python }: SameRun): Promise<void> {
  const { environment } = record;
  if (environment.lockHash !== lockHash || (python !== undefined && environment.python !== python)) {
    throw nothingToResume("its environment is another now");
  }
  for (const { path, use, hash } of record.data) {
    if (use === "read" && (await identifyData(path, use)).hash !== hash) {
      throw nothingToResume(`${path} has changed since`);
    }
  }
}

function nothingToResume(why: string): ProblemError {
  return new ProblemError({
    id: "RP347",
    message: `There is nothing to resume: ${why}.`,
    mend: "Leave --resume out: the notebook is then run from its first cell.",
  });
}
