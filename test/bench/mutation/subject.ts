import { cpSync, globSync, mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Engine } from "../../../core/src/engine/engine.ts";
import { loadGrammar, loadTemplates } from "../../../core/src/host/assets.ts";
import { createPythonFormatter } from "../../../core/src/host/python-formatter.ts";
import { writeProject } from "../../../core/src/host/write-project.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { dataflowOf } from "../../../core/src/plan/order.ts";
import type { Stage } from "../../../core/src/plan/plan.ts";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { generateProject } from "../../../core/src/project/generate-project.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { madePaths } from "../../../core/src/verify/sides/made-paths.ts";
import { beginNotebook, type NotebookRuns, repeatNotebook } from "../../../core/src/verify/sides/notebook-runs.ts";
import { captureStage, type StageCapture } from "../../../core/src/verify/sides/stage-capture.ts";
import type { Workspace } from "../../../core/src/verify/sides/workspace.ts";
import { placeWritten, type WrittenFiles, WrittenFilesWatch } from "../../../core/src/verify/sides/written-files.ts";
import type { Verification } from "../../../core/src/verify/verdict.ts";
import { compareSides } from "../../../core/src/verify/verify-project.ts";
import type { VerifyRequest } from "../../../core/src/verify/verify-request.ts";
import { type Oracle, oracleOf, stableFacts } from "./oracle.ts";

/** A notebook, its sound project, and what both left: made once, held against every mutant. */
export interface Subject {
  readonly name: string;
  readonly request: VerifyRequest;
  readonly notebook: NotebookRuns;
  readonly verification: Verification;
  /** The folder of the sound run: `work` holds the values between stages, `files` the notebook's folder after it. */
  readonly sound: string;
  /** What the sound project leaves, as the oracle sees it in every run. */
  readonly oracle: Oracle;
  /** What two runs of the sound project do not agree on, to the oracle's eye. */
  readonly unstable: readonly string[];
  /** The files that the sound project's stages wrote. */
  readonly written: WrittenFiles;
}

/** Converts a notebook into `folder`, for a proof; nothing where it cannot be converted. */
export async function convertedRequest(
  notebookFile: string,
  folder: string,
  engine: Engine,
): Promise<VerifyRequest | undefined> {
  const parser = await createPythonParser(loadGrammar());
  const notebook = readNotebook(readFileSync(notebookFile, "utf8"), notebookFile);
  const analysis = analyseNotebook(notebook, parser);
  const planned = planPipeline(analysis, {});
  if (planned.outcome !== "planned") return undefined;
  const { plan } = planned;
  const project = await generateProject({
    plan,
    analysis,
    templates: loadTemplates(),
    formatter: createPythonFormatter(),
    environment: { python: "3.11", direct: [] },
  });
  const projectFolder = join(folder, "project");
  await writeProject(project, projectFolder);
  return {
    notebook,
    plan,
    dataflow: dataflowOf(plan, analysis),
    projectFolder,
    engine,
    rtol: 1e-9,
    atol: 0,
    runs: 2,
    workFolder: join(folder, "sound"),
  };
}

/** The top-level names that the project's files import, to be there before a stage is forked. */
export function librariesOf(projectFolder: string): readonly string[] {
  const found = new Set<string>();
  for (const file of globSync("src/**/*.py", { cwd: projectFolder })) {
    const text = readFileSync(join(projectFolder, file), "utf8");
    for (const [, module = ""] of text.matchAll(/^\s*(?:import|from) ([A-Za-z_][\w.]*)/gm)) found.add(module);
  }
  return [...found];
}

/** Runs the notebook twice and the sound project once. */
export async function prepare(request: VerifyRequest, forks: Engine): Promise<Subject | undefined> {
  const begun = await beginNotebook(request);
  if (begun.first.stopped) return undefined;
  const notebook = await repeatNotebook(request, begun);
  const name = basename(request.notebook.path, ".ipynb");
  const sound = join(request.workFolder, "run");
  const own = { ...request, engine: forks };
  const draft = { name, request: own, notebook, sound };
  const stages = new Map<string, StageCapture>();
  const run = await openRun(draft, { projectFolder: request.projectFolder, folder: sound, from: 0 });
  for (const stage of request.plan.stages) {
    const capture = await run.stage(stage);
    stages.set(stage.name, capture);
    if (capture.failure !== undefined) break;
    await keepFiles(filesAfter(sound, stage.name), await run.files.written(), stage.name);
  }
  const written = await run.files.written();
  const verification = await compareSides(own, notebook, { stages, written });
  const ran = { ...draft, written };
  const once = await oracleOf(ran, request.projectFolder, { folder: join(request.workFolder, "oracle-1"), ways: true });
  const again = await oracleOf(ran, request.projectFolder, { folder: join(request.workFolder, "oracle-2") });
  return { ...ran, verification, ...stableFacts(once, again) };
}

export interface StagesRun {
  readonly projectFolder: string;
  readonly folder: string;
  /** The first stage to run; what those before it left is taken from the sound run. */
  readonly from: number;
}

/** A run of a project, stage by stage. */
export interface OpenRun {
  readonly work: string;
  readonly files: WrittenFilesWatch;
  stage(stage: Stage): Promise<StageCapture>;
}

/** Runs stages of a project one after the other, each in a process of its own, as `verify` does. */
export async function openRun(
  { request, notebook, sound }: Pick<Subject, "request" | "notebook" | "sound">,
  { projectFolder, folder, from }: StagesRun,
): Promise<OpenRun> {
  const work = join(folder, "work");
  mkdirSync(work, { recursive: true });
  const directory = await continuedFolder({ request, notebook, sound }, folder, from);
  if (from > 0) cpSync(join(sound, "work"), work, { recursive: true });
  const files = await WrittenFilesWatch.of(directory);
  return {
    work,
    files,
    async stage(stage) {
      const capture = await captureStage(stage, {
        engine: request.engine,
        agent: notebook.agent,
        package: request.plan.package,
        projectFolder,
        directory: directory.directory,
        work,
        folder: join(folder, "stages"),
        seed: request.seed ?? request.plan.seeding.default,
        metrics: request.plan.metrics,
        arguments: [],
      });
      await files.step(stage.name);
      return capture;
    },
  };
}

/** A copy of the notebook's folder as the sound run has left it before a stage. */
export async function continuedFolder(
  { request, notebook, sound }: Pick<Subject, "request" | "notebook" | "sound">,
  folder: string,
  from: number,
): Promise<Workspace> {
  const workspace = await notebook.source.open(join(folder, "files"), madePaths(request.dataflow));
  for (const { name } of request.plan.stages.slice(0, from)) {
    cpSync(filesAfter(sound, name), workspace.directory, { recursive: true });
  }
  return workspace;
}

const filesAfter = (sound: string, stage: string): string => join(sound, "written", stage);

async function keepFiles(folder: string, written: WrittenFiles, stage: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const one of written?.values() ?? []) if (one.by === stage) await placeWritten(one, folder);
}
