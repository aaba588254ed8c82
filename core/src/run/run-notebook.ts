import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type * as nbformat from "@jupyterlab/nbformat";
import { withoutSecrets } from "../address/address.ts";
import { notebookPieces } from "../notebook/serialise.ts";
import { ProblemError } from "../problem/problem.ts";
import { SecretMask } from "../secret/secret-mask.ts";
import { executeNotebook, type NotebookExecution } from "./cells/execute-notebook.ts";
import { OutputSpool } from "./cells/output-spool.ts";
import { WidgetEcho } from "./cells/widget-echo.ts";
import {
  type ExecutedNotebook,
  hideSources,
  prepareNotebook,
  takeOver,
  withErrorBanner,
  withoutRuns,
} from "./executed-notebook.ts";
import { Journal, journalName } from "./journal/journal.ts";
import { LiveCopy } from "./journal/live-copy.ts";
import { maskedSink } from "./masked-sink.ts";
import { notebookOutput } from "./notebook-output.ts";
import { NotebookState } from "./notebook-state.ts";
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
  const { output, parameters = new Map(), reportMode, secrets = {}, syntax } = request;
  const mask = new SecretMask(secrets);
  const sink = request.sink && maskedSink(request.sink, mask);
  const executed = prepareNotebook(request.notebook, parameters, {
    ...(output !== undefined && { outputPath: withoutSecrets(request.outputName ?? output) }),
    ...(reportMode !== undefined && { reportMode }),
    ...(syntax !== undefined && { syntax }),
  });
  hideSources(executed, mask);
  if (request.kept) takeOver(executed, request.kept.cells);
  const written = notebookOutput(output, request.signal);
  if (request.prepareOnly) withoutRuns(executed);
  await written.prepare(notebookPieces(executed.content));
  const begun = begin(request);
  let began = performance.now();
  // What the run reads is looked at when its turn has come: others may have written it until then.
  const identified = turnOf(request, begun).then((started) => {
    began = performance.now();
    markStart(executed, started);
    return identifyRun({ ...begun, started }, request.signal);
  });
  if (request.prepareOnly) {
    const record = await identified;
    if (written.update === undefined) await written.finish(notebookPieces(executed.content));
    return { record: { ...record, status: "succeeded", ended: begun.started, seconds: 0 }, content: executed.content };
  }
  const told = await sink?.begin(begun);
  const kept = identified.then((record) => sink?.identified(record));
  // A turn that never comes is told where the kernel waits for it.
  kept.catch(() => {});
  const widgets = new WidgetEcho(listener);
  const state = new NotebookState(executed.content, {
    listener: widgets,
    store: new OutputSpool(told?.folder),
    ...(request.coalesceStreams && { coalesce: true }),
  });
  const journal = openJournal(told?.folder, executed, listener);
  const { update } = written;
  const copy = new LiveCopy(
    () => state.version,
    async () => {
      state.writeOutputs();
      await update?.(notebookPieces(executed.content));
    },
    request.saveEveryMilliseconds,
  );
  if (update !== undefined && request.saveEveryMilliseconds !== 0) copy.start();
  const execution = await executeNotebook(executed, request, {
    variables: told?.environment ?? {},
    ready: identified,
    tell(entry) {
      state.apply(entry);
      if (entry.at === "cell-end") widgets.send();
      journal?.append(entry);
      // Whoever is told that a cell has ended can rely on it, however this process ends.
      if (entry.at === "cell-end") journal?.flush();
    },
    opened: (client) => widgets.connect(client),
    listener,
    mask,
    run: begun.id,
    outputsOf: (cell) => state.outputsOf(cell),
  })
    .catch(async (error: unknown) => {
      const known = await kept.then(() => identified).catch(() => begun);
      await sink?.finish(await endRecord(notStarted(known, error, request.signal), began), []);
      throw mask.error(error);
    })
    .finally(async () => {
      journal?.close();
      await copy.stop();
    });
  state.writeOutputs();
  await kept;
  const known = completed(await identified, execution);
  const opened = execution.opened.filter(([path]) => isShared(path, request));
  const data = await withOpened(known.data, opened, Date.parse(known.started), request.signal);
  const record = await endRecord({ ...known, data }, began);
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

function openJournal(
  folder: string | undefined,
  { cells, content }: ExecutedNotebook,
  listener: RunListener,
): Journal | undefined {
  if (folder === undefined) return undefined;
  const onFailure = ({ message }: Error): void =>
    listener({ kind: "warning", message: `The run goes on without its journal (${message}); it cannot be resumed.` });
  try {
    const indices = cells.map(({ index }) => index ?? null);
    return Journal.create(join(folder, journalName), { schema: "reprise.journal/1", content, indices }, onFailure);
  } catch (error) {
    onFailure(error as Error);
    return undefined;
  }
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

function completed(
  begun: RunRecord,
  { cells, end, environment, language, metrics, resources }: NotebookExecution,
): RunRecord {
  const spoken = language.name !== "python" ? { language } : language.version && { python: language.version };
  return {
    ...begun,
    environment: { ...begun.environment, ...spoken, ...environment },
    status: end.status,
    cells,
    metrics,
    ...(resources && { resources }),
    ...(end.failure && { failure: end.failure }),
  };
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
