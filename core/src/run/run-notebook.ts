import type * as nbformat from "@jupyterlab/nbformat";
import { writeFileAtomically } from "../host/atomic-file.ts";
import { serialiseNotebook } from "../notebook/write.ts";
import { beginRecord, endRecord } from "./begin-record.ts";
import { CellLoop, type LoopEnd } from "./cell-loop.ts";
import { gitIdentity } from "./code-identity.ts";
import { type ExecutedNotebook, prepareNotebook, withErrorBanner } from "./executed-notebook.ts";
import { hashText } from "./file-hash.ts";
import type { KernelSession } from "./kernel-session.ts";
import { kernelEnvironment, openKernel, seedKernel } from "./kernel-session.ts";
import { LiveCopy } from "./live-copy.ts";
import { plainValue } from "./parameter-value.ts";
import type { RunRecord } from "./record.ts";
import type { NotebookRunRequest, RunFile, RunListener, RunResult } from "./request.ts";
import { seedVariables } from "./seed-variables.ts";

/**
 * Runs a notebook, cell by cell, in a kernel of the engine, and records everything that is needed to have the run again.
 *
 * Whatever becomes of the notebook (its code fails, its kernel dies, an abort) is in the record's status, and the output
 * notebook is written. Throws ProblemError where the run cannot begin: RP321, RP322; the kernel is gone then.
 */
export async function runNotebook(request: NotebookRunRequest, listener: RunListener = () => {}): Promise<RunResult> {
  const { output, parameters = new Map(), reportMode, sink } = request;
  const executed = prepareNotebook(request.notebook, parameters, {
    ...(output !== undefined && { outputPath: output }),
    ...(reportMode !== undefined && { reportMode }),
  });
  const write = async (content: nbformat.INotebookContent): Promise<void> => {
    if (output !== undefined) await writeFileAtomically(output, serialiseNotebook(content));
  };
  const { path, text } = request.notebook;
  const git = path === "-" ? undefined : await gitIdentity(path);
  const begun = await beginRecord(request, {
    kind: "notebook",
    code: { path, hash: hashText(text), ...(git && { git }) },
    parameters: Object.fromEntries([...parameters].map(([name, value]) => [name, plainValue(value)])),
  });
  if (request.prepareOnly) {
    await write(executed.content);
    return { record: { ...begun, status: "succeeded", ended: begun.started, seconds: 0 }, content: executed.content };
  }
  const told = await sink?.begin(begun);
  const finish = async (record: RunRecord, files: readonly RunFile[]): Promise<RunRecord> =>
    (await sink?.finish(record, files)) ?? record;
  const began = performance.now();
  const stdio: string[] = [];
  let session: KernelSession;
  try {
    session = await openKernel(request.engine, {
      directory: request.directory,
      environment: { ...seedVariables(request.seed), ...told?.environment, ...request.variables },
      onStdio: (stream, text) => stdio.push(`${stream}: ${text}`),
      ...(request.signal && { signal: request.signal }),
      ...(request.startTimeoutMilliseconds && { timeoutMilliseconds: request.startTimeoutMilliseconds }),
    });
  } catch (error) {
    const failure = {
      name: "KernelStart",
      message: error instanceof Error ? error.message : String(error),
      traceback: [],
    };
    const status = request.signal?.aborted ? "interrupted" : "failed";
    await finish(await endRecord({ ...begun, status, failure }, began), []);
    throw error;
  }
  const { client, info } = session;
  listener({ kind: "kernel-ready", seconds: (performance.now() - began) / 1000 });
  const loop = new CellLoop(executed, request, listener);
  const live = new LiveCopy(
    () => loop.version,
    async () => {
      loop.writeOutputs();
      await write(executed.content);
    },
  );
  let environment = begun.environment;
  let end: LoopEnd;
  try {
    if (request.environment?.packages === undefined) {
      environment = { ...environment, ...(await kernelEnvironment(client)) };
    }
    if (request.seed !== undefined) {
      await seedKernel(
        client,
        request.seed,
        executed.cells.map(({ source }) => source),
      );
    }
    markStart(executed, info, begun.started);
    if (output !== undefined) live.start();
    end = await loop.run(client);
  } finally {
    await live.stop();
    await client.shutdown();
  }
  loop.writeOutputs();
  const record = await endRecord(
    {
      ...begun,
      environment,
      status: end.status,
      cells: loop.runs.toSorted((left, right) => left.cell - right.cell),
      metrics: loop.metrics,
      ...(end.failure && { failure: end.failure }),
    },
    began,
  );
  markEnd(executed, record);
  const content = end.failed ? withErrorBanner(executed, end.failed) : executed.content;
  await write(content);
  const files: RunFile[] = [{ name: "notebook.ipynb", text: serialiseNotebook(content) }];
  if (stdio.length > 0) files.push({ name: "kernel.log", text: stdio.join("") });
  return { record: await finish(record, files), content };
}

function markStart({ content }: ExecutedNotebook, info: Readonly<Record<string, unknown>>, started: string): void {
  content.metadata.language_info = info.language_info as nbformat.ILanguageInfoMetadata;
  Object.assign(content.metadata.papermill as object, { start_time: started });
}

function markEnd({ content, cells }: ExecutedNotebook, record: RunRecord): void {
  Object.assign(content.metadata.papermill as object, {
    end_time: record.ended,
    duration: record.seconds,
    exception: record.status === "succeeded" ? null : true,
  });
  // As papermill: what had nothing to run is completed, up to the cell that failed.
  for (const { raw } of cells) {
    const papermill = raw.metadata.papermill as { status: string };
    if (papermill.status === "failed") return;
    if (papermill.status === "pending") papermill.status = "completed";
  }
}
