import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { mayRaiseTag } from "../../notebook/cell-tags.ts";
import { seedOf, type VerifyRequest } from "../verify-request.ts";
import { placeAgent } from "./agent-files.ts";
import { type CaptureScript, captureScript } from "./capture-script.ts";
import { madePaths } from "./made-paths.ts";
import { captureNotebook, type NotebookCapture } from "./notebook-capture.ts";
import { WorkspaceSource } from "./workspace.ts";
import { WrittenFilesWatch } from "./written-files.ts";

/** The notebook's side of a proof: made once, it can be held against any project of the same plan. */
export interface NotebookRuns {
  readonly agent: string;
  readonly source: WorkspaceSource;
  readonly script: CaptureScript;
  readonly first: NotebookCapture;
  readonly again?: NotebookCapture;
  readonly ids: readonly string[];
}

/** Runs the notebook in a fresh kernel and a fresh copy of its folder. */
export async function beginNotebook(request: VerifyRequest): Promise<NotebookRuns> {
  const { notebook, plan, dataflow, projectFolder, workFolder } = request;
  await mkdir(workFolder, { recursive: true });
  const agent = await placeAgent(workFolder);
  const source = await WorkspaceSource.of(notebook, [projectFolder, workFolder]);
  const runs = { agent, source, script: captureScript(plan, dataflow), ids: [runId()] };
  const folder = join(workFolder, "notebook-1");
  const names = plan.stages.flatMap(({ inputs, outputs }) => [...inputs.map(({ name }) => name), ...outputs]);
  const observes = request.observes ? [...new Set(names)] : undefined;
  return { ...runs, first: await runNotebook(request, runs, folder, "Running the notebook", observes) };
}

/** Runs it once more, where that is asked, to tell what it does not reproduce itself. */
export async function repeatNotebook(request: VerifyRequest, notebook: NotebookRuns): Promise<NotebookRuns> {
  if (request.runs < 2) return notebook;
  const folder = join(request.workFolder, "notebook-2");
  const again = await runNotebook(request, notebook, folder, "Running the notebook again");
  return { ...notebook, again, ids: [...notebook.ids, runId()] };
}

/** One run of the cells of a script; what is taken goes into `folder`. `observes` are names to look at after each cell. */
export async function runNotebook(
  request: VerifyRequest,
  { agent, script, source }: Pick<NotebookRuns, "agent" | "script" | "source">,
  folder: string,
  task: string,
  observes?: readonly string[],
): Promise<NotebookCapture> {
  const { notebook, plan, dataflow, engine, signal, onProgress } = request;
  const workspace = await source.open(join(folder, "files"), madePaths(dataflow));
  const files = await WrittenFilesWatch.of(workspace);
  const mayFail = notebook.cells.filter(({ tags }) => tags.includes(mayRaiseTag)).map(({ index }) => index);
  return captureNotebook({
    engine,
    script,
    agent,
    files,
    mayFail: new Set(mayFail),
    timeoutSeconds: request.cellTimeoutSeconds,
    observes,
    seeding: plan.seeding,
    seed: seedOf(request),
    directory: workspace.directory,
    folder,
    signal,
    onProgress,
    task,
  });
}

/** A new name for a run. */
export function runId(): string {
  return randomBytes(16).toString("hex");
}
