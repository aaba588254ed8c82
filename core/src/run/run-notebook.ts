import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type * as nbformat from "@jupyterlab/nbformat";
import { withoutSecrets } from "../address/address.ts";
import { notebookPieces } from "../notebook/serialise.ts";
import { ProblemError } from "../problem/problem.ts";
import { SecretMask } from "../secret/secret-mask.ts";
import { executeNotebook, type NotebookExecution } from "./cells/execute-notebook.ts";
import {
  type ExecutedNotebook,
  hideSources,
  prepareNotebook,
  takeOver,
  withErrorBanner,
  withoutRuns,
} from "./executed-notebook.ts";
import { journalName } from "./journal/journal.ts";
import { LiveNotebook } from "./journal/live-notebook.ts";
import { maskedSink } from "./masked-sink.ts";
import { type NotebookOutput, notebookOutput } from "./notebook-output.ts";
import { plainValue } from "./parameters/parameter-value.ts";
import { beginRecord, endRecord, identifyRun } from "./record/begin-record.ts";
import { hashText } from "./record/file-hash.ts";
import { isBelow, withOpened } from "./record/opened-files.ts";
import type { RunRecord } from "./record/record.ts";
import type { NotebookRunRequest, RunFile, RunListener, RunResult } from "./request.ts";

/**
 * Runs a notebook, cell by cell, in a kernel of the engine, and records everything that is needed to have the run again.
 *
 * Whatever becomes of the notebook (its code fails, its kernel dies, an abort) is in the record's status, and the output
 * notebook is written. Throws ProblemError where the run cannot begin (RP321 to RP329) and where the output cannot be
 * written (RP361, RP362, at an address RP363 to RP367: found out before the first cell where it can be); the kernel is gone then, and the record is kept.
 */
export async function runNotebook(request: NotebookRunRequest, listener: RunListener = () => {}): Promise<RunResult> {
  const mask = new SecretMask(request.secrets ?? {});
  const executed = prepare(request, mask);
  const written = notebookOutput(request.output, request.signal);
  await written.prepare(notebookPieces(executed.content));
  const begun = begin(request);
  const starting = start(request, begun, executed);
  if (!request.prepareOnly) return recordRun(request, listener, { begun, executed, mask, starting, written });
  const { record } = await starting;
  if (written.update === undefined) await written.finish(notebookPieces(executed.content));
  return { record: { ...record, status: "succeeded", ended: begun.started, seconds: 0 }, content: executed.content };
}

/** A run whose output can be written. */
interface PreparedRun {
  /** The record, as far as it is known at once. */
  readonly begun: RunRecord;
  readonly executed: ExecutedNotebook;
  readonly mask: SecretMask;
  readonly starting: Promise<StartedRun>;
  readonly written: NotebookOutput;
}

/** A run whose turn has come. */
interface StartedRun {
  /** With all that identifies the run. */
  readonly record: RunRecord;
  /** On the clock of `performance`. */
  readonly began: number;
}

async function recordRun(
  request: NotebookRunRequest,
  listener: RunListener,
  { begun, executed, mask, starting, written }: PreparedRun,
): Promise<RunResult> {
  const sink = request.sink && maskedSink(request.sink, mask);
  const told = await sink?.begin(begun);
  const kept = starting.then(({ record }) => sink?.identified(record));
  // A turn that never comes is told where the kernel waits for it.
  kept.catch(() => {});
  const madeReady = performance.now();
  const live = new LiveNotebook(executed, told?.folder, written, request, listener);
  const execution = await executeNotebook(executed, request, {
    variables: told?.environment ?? {},
    ready: starting,
    tell: (entry) => live.tell(entry),
    opened: (client) => live.connect(client),
    listener,
    mask,
    run: begun.id,
    outputsOf: (cell) => live.outputsOf(cell),
  })
    .catch(async (error: unknown) => {
      const known = await kept.then(() => starting).catch(() => ({ record: begun, began: madeReady }));
      await sink?.finish(await endRecord(notStarted(known.record, error, request.signal), known.began), []);
      throw mask.error(error);
    })
    .finally(() => live.close());
  live.writeOutputs();
  await kept;
  const record = await completed(await starting, execution, request);
  markEnd(executed, record);
  const { failed } = execution.end;
  const content = failed ? withErrorBanner(executed, failed) : executed.content;
  // Where the output cannot be written after all, the run is not lost: its record keeps the notebook.
  const copyHere = told?.folder && join(told.folder, "notebook.ipynb");
  const unwritten = await written.finish(notebookPieces(content), copyHere).then(nothing, (error: unknown) => error);
  const finished = await sink?.finish(
    unwritten === undefined ? record : notWritten(record, unwritten),
    runFiles(content, execution.log),
  );
  if (unwritten !== undefined) throw unwritten;
  // What succeeded is never resumed; its record has everything.
  if (told?.folder && record.status === "succeeded") await rm(join(told.folder, journalName), { force: true });
  return { record: mask.value(finished ?? record), content };
}

/** The notebook as it is run, and written before anything has run. */
function prepare(request: NotebookRunRequest, mask: SecretMask): ExecutedNotebook {
  const { kept, notebook, output, outputName, parameters = new Map(), prepareOnly, reportMode, syntax } = request;
  const executed = prepareNotebook(notebook, parameters, {
    ...(output !== undefined && { outputPath: withoutSecrets(outputName ?? output) }),
    ...(reportMode !== undefined && { reportMode }),
    ...(syntax !== undefined && { syntax }),
  });
  hideSources(executed, mask);
  if (kept) takeOver(executed, kept.cells);
  if (prepareOnly) withoutRuns(executed);
  return executed;
}

/** What the run reads is looked at when its turn has come: others may have written it until then. */
async function start(request: NotebookRunRequest, begun: RunRecord, executed: ExecutedNotebook): Promise<StartedRun> {
  const started = await turnOf(request, begun);
  const began = performance.now();
  markStart(executed, started);
  return { record: await identifyRun({ ...begun, started }, request.signal), began };
}

function begin(request: NotebookRunRequest): RunRecord {
  const { path, text } = request.notebook;
  const parameters = [...(request.parameters ?? [])].map(([name, value]) => [name, plainValue(value)]);
  const code = { path, hash: hashText(text) };
  return beginRecord(request, { kind: "notebook", code, parameters: Object.fromEntries(parameters) });
}

/** Whether a path means the same file in the engine as on this machine. */
function isShared(path: string, { directory, engine }: NotebookRunRequest): boolean {
  return engine.kind === "local" || isBelow(path, resolve(directory));
}

function notStarted(begun: RunRecord, error: unknown, signal: AbortSignal | undefined): RunRecord {
  const message = error instanceof Error ? error.message : String(error);
  return {
    ...begun,
    status: signal?.aborted ? "interrupted" : "failed",
    failure: { name: "NotStarted", message, traceback: [] },
  };
}

/** What ran well, but did not leave what was asked for, has not succeeded. */
function notWritten(record: RunRecord, error: unknown): RunRecord {
  if (record.status !== "succeeded") return record;
  const message = error instanceof ProblemError ? `${error.problem.message} (${error.problem.cause}).` : String(error);
  return { ...record, status: "failed", failure: { name: "OutputNotWritten", message, traceback: [] } };
}

function nothing(): undefined {}

/** The record at the run's end. */
async function completed(
  { began, record }: StartedRun,
  { cells, end, environment, language, metrics, opened, resources }: NotebookExecution,
  request: NotebookRunRequest,
): Promise<RunRecord> {
  const spoken = language.name !== "python" ? { language } : language.version && { python: language.version };
  const shared = opened.filter(([path]) => isShared(path, request));
  const ended = {
    ...record,
    data: await withOpened(record.data, shared, Date.parse(record.started), request.signal),
    environment: { ...record.environment, ...spoken, ...environment },
    status: end.status,
    cells,
    metrics,
    ...(resources && { resources }),
    ...(end.failure && { failure: end.failure }),
  };
  return endRecord(ended, began);
}

function runFiles(content: nbformat.INotebookContent, log: string): RunFile[] {
  const notebook = { name: "notebook.ipynb", pieces: () => notebookPieces(content) };
  return log === "" ? [notebook] : [notebook, { name: "kernel.log", text: log }];
}

/** When the code may begin: at once, or when its turn has come. */
async function turnOf({ turn }: NotebookRunRequest, begun: RunRecord): Promise<string> {
  if (turn === undefined) return begun.started;
  await turn;
  return new Date().toISOString();
}

function markStart({ content }: ExecutedNotebook, started: string): void {
  Object.assign(content.metadata.papermill as object, { start_time: started });
}

function markEnd({ content, cells }: ExecutedNotebook, record: RunRecord): void {
  Object.assign(content.metadata.papermill as object, {
    end_time: record.ended,
    duration: record.seconds,
    exception: record.status === "succeeded" ? null : true,
  });
  // As papermill: what had nothing to run is completed, up to the cell that failed.
  let at = record.started;
  for (const { raw } of cells) {
    const papermill = raw.metadata.papermill as { status: string; end_time: string | null };
    if (papermill.status === "failed") return;
    if (papermill.status === "pending") {
      Object.assign(papermill, { start_time: at, end_time: at, duration: 0, exception: false, status: "completed" });
    }
    at = papermill.end_time ?? at;
  }
}
