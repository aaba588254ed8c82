import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Dataflow } from "../dataflow/model.ts";
import type { Engine } from "../engine/engine.ts";
import type { Notebook } from "../notebook/model.ts";
import type { PipelinePlan } from "../plan/plan.ts";
import type { ProgressListener } from "../text/progress.ts";
import { placeAgent } from "./agent-files.ts";
import { type CaptureScript, captureScript } from "./capture-script.ts";
import { compareCaptures } from "./compare.ts";
import { compareWithSaved } from "./compare-saved.ts";
import { judge, shownKinds } from "./judge.ts";
import { captureNotebook, type NotebookCapture, stageValues } from "./notebook-capture.ts";
import { captureStage, type StageCapture } from "./stage-capture.ts";
import type { Verification } from "./verdict.ts";
import { madeFiles, type Workspace, WorkspaceSource } from "./workspace.ts";

export interface VerifyRequest {
  readonly notebook: Notebook;
  readonly plan: PipelinePlan;
  /** Of the notebook, for the order that the plan follows. */
  readonly dataflow: Dataflow;
  readonly projectFolder: string;
  /** Both sides run in it. */
  readonly engine: Engine;
  readonly rtol: number;
  readonly atol: number;
  /** How often the notebook runs: 2 tells what it does not reproduce itself; 1 takes its word for it. */
  readonly runs: number;
  /** The plan's own where it is absent. */
  readonly seed?: number;
  /** For what is captured and for copies of the notebook's folder: empty, and known to the engine. */
  readonly workFolder: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

/**
 * Proves a project against its notebook: runs the notebook (twice), then the project stage by stage, each in a fresh
 * process, and compares every value at the end of each stage, and everything that was printed, displayed and drawn.
 * Nothing is added to either. Throws ProblemError only where nothing can be run here; what goes wrong in the notebook or
 * in the project is in the answer.
 */
export async function verifyProject(request: VerifyRequest): Promise<Verification> {
  const notebooks = await captureNotebookRuns(request);
  const [first] = notebooks.captures;
  if (first === undefined || first.stopped) return notComparable(request, notebooks, first);
  const { stages, directory } = await captureProject(request, notebooks);
  await directory.remove();
  return compareRuns(request, notebooks, stages);
}

/** The notebook's side of a proof: made once, it can be held against any project of the same plan. */
export interface NotebookRuns {
  readonly agent: string;
  readonly source: WorkspaceSource;
  readonly script: CaptureScript;
  readonly captures: readonly NotebookCapture[];
  readonly ids: readonly string[];
}

/** Runs the notebook as often as is asked, each time in a fresh kernel and a fresh copy of its folder. */
export async function captureNotebookRuns(request: VerifyRequest): Promise<NotebookRuns> {
  const { notebook, plan, dataflow, projectFolder, engine, workFolder, signal } = request;
  await mkdir(workFolder, { recursive: true });
  const agent = await placeAgent(workFolder);
  const source = await WorkspaceSource.of(notebook, [projectFolder, workFolder]);
  const script = captureScript(plan, dataflow);
  const mayFail = new Set(
    notebook.cells.filter(({ tags }) => tags.includes("raises-exception")).map(({ index }) => index),
  );
  const captures: NotebookCapture[] = [];
  const ids: string[] = [];
  for (let run = 1; run <= Math.max(1, request.runs); run += 1) {
    const workspace = await source.open(join(workFolder, `notebook-${run}`, "files"), madeFiles(dataflow.files));
    ids.push(runId());
    captures.push(
      await captureNotebook({
        engine,
        script,
        agent,
        mayFail,
        seeding: plan.seeding,
        seed: seedOf(request),
        directory: workspace.directory,
        folder: join(workFolder, `notebook-${run}`),
        signal,
        onProgress: request.onProgress,
        task: run === 1 ? "Running the notebook" : "Running the notebook again",
      }),
    );
    await workspace.remove();
    if (captures.at(-1)?.stopped) break;
  }
  return { agent, source, script, captures, ids };
}

/** The stages of the project that ran, in order, up to one that failed. */
export async function captureProject(
  request: VerifyRequest,
  { agent, source }: NotebookRuns,
): Promise<{ readonly stages: ReadonlyMap<string, StageCapture>; readonly directory: Workspace }> {
  const { plan, dataflow, projectFolder, engine, workFolder, signal, onProgress } = request;
  const folder = join(workFolder, "project");
  const directory = await source.open(join(folder, "files"), madeFiles(dataflow.files));
  const stages = new Map<string, StageCapture>();
  for (const [at, stage] of plan.stages.entries()) {
    signal?.throwIfAborted();
    onProgress?.({ task: "Running the project", detail: stage.name, done: at, total: plan.stages.length });
    const capture = await captureStage(stage, {
      engine,
      agent,
      package: plan.package,
      projectFolder,
      directory: directory.directory,
      work: join(folder, "work"),
      folder: join(folder, "stages"),
      seed: seedOf(request),
      arguments: request.seed === undefined ? [] : [`--seed=${request.seed}`],
      signal,
    });
    stages.set(stage.name, capture);
    if (capture.failure) break;
  }
  return { stages, directory };
}

/** Holds the two sides against one another. */
export async function compareRuns(
  request: VerifyRequest,
  { agent, script, captures, ids }: NotebookRuns,
  stages: ReadonlyMap<string, StageCapture>,
): Promise<Verification> {
  const { engine, workFolder, rtol, atol, plan, signal, onProgress } = request;
  const [first, again] = captures as [NotebookCapture, NotebookCapture | undefined];
  onProgress?.({ task: "Comparing" });
  const whole = [...stages].filter(([, capture]) => capture.failure === undefined);
  const pairsOf = (names: readonly string[]) => names.map((name) => [name, name] as const);
  const compared = await compareCaptures(
    engine,
    agent,
    workFolder,
    {
      rtol,
      atol,
      stages: [
        ...whole.map(([stage, capture]) => ({
          left: stageValues(first, stage),
          again: again && !again.stopped ? stageValues(again, stage) : undefined,
          right: join(capture.folder, "values"),
          names: pairsOf((script.names.get(stage) ?? []).map(({ name }) => name)),
          sides: ["the notebook", "the project"] as const,
        })),
        ...whole.map(([stage, capture]) => ({
          left: join(capture.folder, "values"),
          right: join(capture.folder, "saved"),
          names: pairsOf(plan.stages.find(({ name }) => name === stage)?.outputs ?? []),
          sides: ["what the stage returned", "its file"] as const,
        })),
      ],
      shown: whole.flatMap(([stage, capture]) =>
        shownKinds.map((kind) => ({
          stage,
          left: join(first.folder, kind),
          again: again && !again.stopped ? join(again.folder, kind) : undefined,
          right: join(capture.folder, kind),
        })),
      ),
    },
    signal,
  );
  return judge({ request, script, first, again, stages, compared, ids: { notebook: ids, project: [runId()] } });
}

async function notComparable(
  { notebook, plan, rtol, atol }: VerifyRequest,
  { ids }: NotebookRuns,
  capture: NotebookCapture | undefined,
): Promise<Verification> {
  const stageOf = (cell: number): string =>
    plan.stages.find(({ statements }) => statements.some((id) => Number.parseInt(id, 10) === cell))?.name ?? "";
  const stopped = capture?.stopped;
  return {
    outcome: "not-comparable",
    values: [],
    outputs: capture ? compareWithSaved(notebook, capture.outputs, stageOf) : [],
    nondeterministic: [],
    runs: { notebook: ids, project: [] },
    tolerance: { rtol, atol },
    reason: `The notebook does not run: cell ${stopped?.cell} stops with ${stopped?.name}: ${stopped?.message}`,
  };
}

function seedOf({ seed, plan }: VerifyRequest): number {
  return seed ?? plan.seeding.default;
}

function runId(): string {
  return randomBytes(16).toString("hex");
}
