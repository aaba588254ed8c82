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
import { failurePlace } from "./failure-place.ts";
import { judge, shownKinds } from "./judge.ts";
import { captureNotebook, type NotebookCapture, stageValues } from "./notebook-capture.ts";
import { captureStage, type StageCapture } from "./stage-capture.ts";
import type { Verification } from "./verdict.ts";
import { madeFiles, WorkspaceSource } from "./workspace.ts";

export interface VerifyRequest {
  readonly notebook: Notebook;
  readonly plan: PipelinePlan;
  /** Of the notebook, for the order that the plan follows. */
  readonly dataflow: Pick<Dataflow, "order" | "cells" | "statements" | "files">;
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
  const notebook = await beginNotebook(request);
  if (notebook.first.stopped) return notComparable(request, notebook);
  // Where every run has files of its own, the second run and the project do not have to wait for one another.
  const again = () => repeatNotebook(request, notebook);
  const project = () => captureProject(request, notebook);
  if (notebook.source.shared !== undefined) return compareSides(request, await again(), await project());
  const [runs, stages] = await both(again(), project());
  return compareSides(request, runs, stages);
}

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
  return { ...runs, first: await runNotebookOnce(request, runs, "notebook-1", "Running the notebook") };
}

/** Runs it once more, where that is asked, to tell what it does not reproduce itself. */
export async function repeatNotebook(request: VerifyRequest, notebook: NotebookRuns): Promise<NotebookRuns> {
  if (request.runs < 2) return notebook;
  const again = await runNotebookOnce(request, notebook, "notebook-2", "Running the notebook again");
  return { ...notebook, again, ids: [...notebook.ids, runId()] };
}

async function runNotebookOnce(
  request: VerifyRequest,
  { agent, script, source }: Omit<NotebookRuns, "first">,
  name: string,
  task: string,
): Promise<NotebookCapture> {
  const { notebook, plan, dataflow, engine, signal, onProgress } = request;
  const folder = join(request.workFolder, name);
  const workspace = await source.open(join(folder, "files"), madeFiles(dataflow.files));
  const mayFail = notebook.cells.filter(({ tags }) => tags.includes("raises-exception")).map(({ index }) => index);
  try {
    return await captureNotebook({
      engine,
      script,
      agent,
      mayFail: new Set(mayFail),
      seeding: plan.seeding,
      seed: seedOf(request),
      directory: workspace.directory,
      folder,
      signal,
      onProgress,
      task,
    });
  } finally {
    await workspace.remove();
  }
}

/** Waits for both, so that nothing goes on in the background, then throws what one of them threw. */
async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return [await one, await other];
}

/** The stages of the project that ran, in order, up to one that failed. */
export async function captureProject(
  request: VerifyRequest,
  { agent, source }: NotebookRuns,
): Promise<ReadonlyMap<string, StageCapture>> {
  const { plan, dataflow, projectFolder, engine, workFolder, signal, onProgress } = request;
  const folder = join(workFolder, "project");
  const workspace = await source.open(join(folder, "files"), madeFiles(dataflow.files));
  const stages = new Map<string, StageCapture>();
  try {
    for (const [at, stage] of plan.stages.entries()) {
      signal?.throwIfAborted();
      onProgress?.({ task: "Running the project", detail: stage.name, done: at, total: plan.stages.length });
      const capture = await captureStage(stage, {
        engine,
        agent,
        package: plan.package,
        projectFolder,
        directory: workspace.directory,
        work: join(folder, "work"),
        folder: join(folder, "stages"),
        seed: seedOf(request),
        arguments: request.seed === undefined ? [] : [`--seed=${request.seed}`],
        signal,
      });
      stages.set(stage.name, capture);
      if (capture.failure) break;
    }
    return stages;
  } finally {
    await workspace.remove();
  }
}

/** Holds the two sides against one another. */
export async function compareSides(
  request: VerifyRequest,
  { agent, script, first, again, ids }: NotebookRuns,
  stages: ReadonlyMap<string, StageCapture>,
): Promise<Verification> {
  const { engine, workFolder, rtol, atol, plan, signal, onProgress } = request;
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
          alone: (script.names.get(stage) ?? []).filter(({ kind }) => kind === "input").map(({ name }) => name),
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
  const failed = [...stages.values()].find(({ failure }) => failure)?.failure;
  const place = failed && (await failurePlace(failed.traceback, request.projectFolder, plan.package));
  return judge({ request, place, script, first, again, stages, compared, ids: { notebook: ids, project: [runId()] } });
}

function notComparable({ notebook, plan, rtol, atol }: VerifyRequest, { ids, first }: NotebookRuns): Verification {
  const stageOf = (cell: number): string =>
    plan.stages.find(({ statements }) => statements.some((id) => Number.parseInt(id, 10) === cell))?.name ?? "";
  const { stopped } = first;
  return {
    outcome: "not-comparable",
    values: [],
    outputs: compareWithSaved(notebook, first.outputs, stageOf),
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
