import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type BatchRow,
  type BatchTask,
  beginRecord,
  checkResultsFile,
  earlierRuns,
  endRecord,
  graphicsCards,
  identifyRun,
  loadTemplates,
  machine,
  maskedSink,
  openRunSink,
  openRunStore,
  plainSet,
  ResultsFile,
  type RunRecord,
  renderBatch,
  resultsCsv,
  rowOf,
  runBatch,
  SecretMask,
  shareTrackers,
  storeFolder,
  visibleCards,
  workerVariables,
} from "@reprise/core/node";
import type { Answer, Call } from "../../execute.ts";
import { shownPath } from "../../input.ts";
import { writeOutput } from "../../output.ts";
import { secondsText, valueText } from "../../terminal/table.ts";
import { checkEngineOptions } from "../engine.ts";
import { trackerAddresses } from "../run/sink.ts";
import { paintStatus } from "../runs.ts";
import { openSecrets } from "../secrets.ts";
import { openNotebookSource } from "./batch-notebook.ts";
import type { BatchOptions } from "./batch-options.ts";
import { planSets } from "./batch-plan.ts";
import { openProjectSource } from "./batch-project.ts";
import type { BatchSource } from "./batch-source.ts";

/** Runs a notebook or a project with many sets of parameters. Throws ProblemError where no run can begin. */
export async function runBatchOf(source: string, given: BatchOptions, call: Call): Promise<Answer> {
  checkEngineOptions(given);
  const options = { ...given, ...(await openSecrets(given, call)) };
  if (options.results !== undefined) checkResultsFile(options.results);
  const planned = await planSets(options);
  const isFolder = source !== "-" && statSync(source, { throwIfNoEntry: false })?.isDirectory() === true;
  const opened = await (isFolder ? openProjectSource : openNotebookSource)(source, planned, options, call);
  try {
    return await runKept(opened, options, call);
  } finally {
    await opened.engine.close();
  }
}

async function runKept(source: BatchSource, options: BatchOptions, call: Call): Promise<Answer> {
  const store = await openRunStore(storeFolder());
  const trackers = shareTrackers(trackerAddresses(options), { signal: call.signal, onProgress: call.onProgress });
  try {
    return await runAll(source, { store, trackers }, options, call);
  } finally {
    await trackers.close();
    store.close();
  }
}

interface Places {
  readonly store: Awaited<ReturnType<typeof openRunStore>>;
  readonly trackers: ReturnType<typeof shareTrackers>;
}

async function runAll(source: BatchSource, places: Places, options: BatchOptions, call: Call): Promise<Answer> {
  const { store, trackers } = places;
  const done = options.resume ? await doneBefore(source, store) : new Map<number, BatchRow>();
  if (done.size > 0 && source.readsUnknown) {
    call.note("Not all files that it reads are known: if one of them has changed, run without --resume.");
  }
  const begun = beginRecord(source.settings, { kind: "batch", code: source.code, parameters: source.varying });
  const mask = new SecretMask(options.secrets ?? {});
  const sink = maskedSink(openRunSink(store, trackers.forRun()), mask);
  await sink.begin(begun);
  const identified = await identifyRun(begun, call.signal);
  await sink.identified(identified);
  const began = performance.now();
  const table = options.results === undefined ? undefined : new ResultsFile(resolve(options.results), done.values());
  const rows = await runRows(source, { ...places, batch: begun.id, done, table }, options, call);
  const record = await endRecord({ ...identified, ...outcomeOf(rows, call.signal) }, began);
  const page = pageOf(record, rows, options);
  // What is kept comes first: where a file that was asked for cannot be written, nothing else is lost.
  await sink.finish(record, [
    { name: "results.csv", text: resultsCsv(rows) },
    { name: "batch.html", text: page },
  ]);
  await table?.close(rows);
  if (options.report !== undefined) await writeOutput(options.report, page);
  return answerOf(record, rows, options, store.folderOf(begun.id));
}

/** A batch whose record stands. */
interface BegunBatch extends Places {
  /** The id of the batch. */
  readonly batch: string;
  readonly done: ReadonlyMap<number, BatchRow>;
  readonly table: ResultsFile | undefined;
}

async function runRows(
  source: BatchSource,
  { batch, done, store, table, trackers }: BegunBatch,
  options: BatchOptions,
  call: Call,
): Promise<readonly BatchRow[]> {
  const workers = workersOf(options);
  const variables = await variablesOf(source.engine, workers, options.threads);
  const progress = follow(source.sets.length, done.size, call);
  const run = (task: BatchTask) =>
    source.run(task, {
      parent: batch,
      sink: openRunSink(store, trackers.forRun()),
      folderOf: (id) => store.folderOf(id),
      variables: variables[task.worker] ?? {},
    });
  const { failFast = false, retries } = options;
  const sets = source.sets.map(plainSet);
  return runBatch(
    { sets, done, workers, retries, failFast, signal: call.signal, run },
    {
      ended(row) {
        table?.add(row);
        progress(row);
      },
    },
  );
}

function workersOf({ workers }: BatchOptions): number {
  return Math.max(1, workers);
}

function pageOf(record: RunRecord, rows: readonly BatchRow[], options: BatchOptions): string {
  const { code, name, seconds = 0 } = record;
  const workers = workersOf(options);
  return renderBatch({ title: `Batch of ${name}`, code: code.path, rows, seconds, workers }, loadTemplates());
}

/** For each worker, its share of the machine; Ray gives each run its cores and cards itself. */
async function variablesOf(engine: BatchSource["engine"], workers: number, threads: number | undefined) {
  if (engine.kind === "ray") return [];
  // A container counts the cards that it was given from 0.
  const cards =
    engine.kind === "docker"
      ? visibleCards(engine.description.gpus?.length ?? 0, {})
      : visibleCards((await graphicsCards()).length, process.env);
  const { cores } = machine();
  return workerVariables({ workers, cores, gpus: cards, ...(threads !== undefined && { threads }) }, process.env);
}

/** What an earlier batch has made already, where it would come out the same. */
async function doneBefore(source: BatchSource, store: Places["store"]): Promise<Map<number, BatchRow>> {
  const keys = source.sets.map((_, index) => source.keyOf(index));
  const earlier = await earlierRuns(store, source.code.path, new Set(keys));
  return new Map(
    keys.flatMap((key, index) => {
      const record = earlier.get(key);
      return record === undefined
        ? []
        : [
            [
              index,
              rowOf(index, record, { reused: true, output: join(store.folderOf(record.id), "notebook.ipynb") }),
            ] as const,
          ];
    }),
  );
}

function outcomeOf(rows: readonly BatchRow[], signal: AbortSignal): Pick<RunRecord, "status" | "metrics"> {
  const time = Date.now();
  const succeeded = rows.filter(({ status }) => status === "succeeded").length;
  return {
    status: signal.aborted ? "interrupted" : succeeded === rows.length ? "succeeded" : "failed",
    metrics: [
      { name: "runs", value: rows.length, step: 0, time },
      { name: "runs_succeeded", value: succeeded, step: 0, time },
    ],
  };
}

/** A line for each run that ends, and a bar with the time that is left. */
function follow(total: number, before: number, call: Call): (row: BatchRow) => void {
  let done = before;
  const began = performance.now();
  const show = () => {
    const each = (performance.now() - began) / Math.max(1, done - before);
    const left = done === before ? "" : `about ${secondsText(Math.round(((total - done) * each) / 1000))} left`;
    call.onProgress({ task: "Running the batch", done, total, ...(left && { detail: left }) });
  };
  if (before > 0) call.note(`${before} of ${total} runs are done already`);
  show();
  return (row) => {
    done++;
    call.note(lineOf(row));
    show();
  };
}

const paint = (status: BatchRow["status"]) => (status === "not-run" ? status : paintStatus(status));

function lineOf(row: BatchRow): string {
  const pairs = (values: Readonly<Record<string, unknown>>) =>
    Object.entries(values)
      .map(([name, value]) => `${name}=${valueText(value)}`)
      .join(" ");
  const told = row.failure ?? pairs(row.metrics);
  return `${String(row.index).padStart(4)}  ${paint(row.status)}  ${pairs(row.parameters)}  ${told}`.trimEnd();
}

function answerOf(record: RunRecord, rows: readonly BatchRow[], options: BatchOptions, folder: string): Answer {
  const failed = rows.filter(({ status }) => status !== "succeeded");
  const paths = {
    ...(options.results !== undefined && { results: shownPath(options.results) }),
    ...(options.report !== undefined && { report: shownPath(options.report) }),
    record: shownPath(join(folder, "record.json")),
  };
  const outcome = record.status === "succeeded" || record.status === "interrupted" ? record.status : "failed";
  return {
    exit: outcome === "succeeded" ? 0 : outcome === "interrupted" ? 130 : 1,
    json: {
      outcome,
      ...{ batch: record.id, seconds: record.seconds, runs: rows, ...paths, tracking: record.tracking },
    },
    text: () =>
      [
        `${rows.length - failed.length} of ${rows.length} runs succeeded, ${secondsText(record.seconds)}`,
        ...failed.slice(0, 10).map(lineOf),
        ...(failed.length > 10 ? [`... and ${failed.length - 10} more`] : []),
        ...Object.entries(paths).map(([name, path]) => `${name.padEnd(8)}${path}`),
        ...(failed.length > 0 ? ["`--resume` makes only what is missing."] : []),
      ].join("\n"),
  };
}
