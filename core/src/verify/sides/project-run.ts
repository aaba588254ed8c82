import { join } from "node:path";
import { seedOf, type VerifyRequest } from "../verify-request.ts";
import { madePaths } from "./made-paths.ts";
import type { NotebookRuns } from "./notebook-runs.ts";
import { secretValues } from "./secret-values.ts";
import { captureStage, type StageCapture } from "./stage-capture.ts";
import { stageLimit } from "./stage-limit.ts";
import { type WrittenFiles, WrittenFilesWatch } from "./written-files.ts";

/** The project's side of a proof. */
export interface ProjectRun {
  /** The stages that ran, in order, up to one that failed. */
  readonly stages: ReadonlyMap<string, StageCapture>;
  /** By the stage that wrote each last. */
  readonly written: WrittenFiles;
}

/** Runs the project's stages, each in a fresh process, in a fresh copy of the notebook's folder. */
export async function captureProject(
  request: VerifyRequest,
  { agent, source, first }: NotebookRuns,
): Promise<ProjectRun> {
  const limit = stageLimit(request, first.seconds);
  const { plan, dataflow, projectFolder, engine, signal, onProgress } = request;
  const folder = projectRunFolder(request);
  const workspace = await source.open(join(folder, "files"), madePaths(dataflow));
  const files = await WrittenFilesWatch.of(workspace);
  const stages = new Map<string, StageCapture>();
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
      metrics: plan.metrics,
      arguments: stageArguments(request),
      timeoutSeconds: limit,
      secrets: secretValues(request.plan, request.dataflow),
      signal,
    });
    stages.set(stage.name, capture);
    const isLast = capture.failure !== undefined || at === plan.stages.length - 1;
    await files.step(stage.name, isLast);
    if (isLast) break;
  }
  return { stages, written: await files.keep(join(folder, "written")) };
}

/** What the project's command line is given besides the stage. */
export function stageArguments({ seed }: VerifyRequest): readonly string[] {
  return seed === undefined ? [] : [`--seed=${seed}`];
}

/** Where the project runs; `work` below it holds the values between its stages. */
export function projectRunFolder({ workFolder }: VerifyRequest): string {
  return join(workFolder, "project");
}
