import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Statement } from "../dataflow/model.ts";
import type { Stage } from "../plan/plan.ts";
import type { LineOrigin } from "../project/project.ts";
import { compareCaptures } from "./comparison/compare.ts";
import { captureScript } from "./sides/capture-script.ts";
import { madePaths } from "./sides/made-paths.ts";
import { stepValues } from "./sides/notebook-capture.ts";
import { type NotebookRuns, runNotebook } from "./sides/notebook-runs.ts";
import { type ProjectRun, projectRunFolder, stageArguments } from "./sides/project-run.ts";
import { secretValues } from "./sides/secret-values.ts";
import { captureStage, type StageStep } from "./sides/stage-capture.ts";
import { placeWritten } from "./sides/written-files.ts";
import type { OriginStatement, Verification } from "./verdict.ts";
import { seedOf, type VerifyRequest } from "./verify-request.ts";

/**
 * Where a difference begins: runs the notebook once more up to the stage where the two part, and that stage of the project,
 * and looks at what each statement binds or changes right after it. Undefined where every statement leaves the same: then
 * the difference is not in a variable, or came in with what the stage was given.
 */
export async function traceOrigin(
  request: VerifyRequest,
  notebook: NotebookRuns,
  project: ProjectRun,
  { origin, nondeterministic }: Verification,
): Promise<OriginStatement | undefined> {
  const stage = request.plan.stages.find(({ name }) => name === origin?.stage);
  if (stage === undefined || project.stages.get(stage.name)?.failure !== undefined) return undefined;
  const noisy = new Set(nondeterministic.map(({ name }) => /^\w+/.exec(name)?.[0]));
  const steps = await stageSteps(request, stage, noisy);
  if (steps.length === 0) return undefined;
  const [left, right] = [
    await traceNotebook(request, notebook, steps),
    await traceStage(request, notebook, project, stage, steps),
  ];
  const { engine, rtol, atol, workFolder, signal } = request;
  // A statement that one side never came to has left nothing there.
  const isTaken = (folder: string, key: string) => existsSync(join(stepValues({ folder }, key), "graph.json"));
  const taken = steps.filter(({ key }) => isTaken(left, key) && isTaken(right, key));
  const compared = await compareCaptures(
    engine,
    notebook.agent,
    join(workFolder, "trace"),
    {
      rtol,
      atol,
      shown: [],
      files: [],
      stages: taken.map(({ key, names }) => ({
        left: stepValues({ folder: left }, key),
        right: stepValues({ folder: right }, key),
        names: names.map((name) => [name, name] as const),
        sides: ["the notebook", "the project"] as const,
      })),
    },
    signal,
  );
  for (const [at, { statement, first }] of taken.entries()) {
    const parted = compared.stages[at]?.find(({ verdict }) => verdict === "different" || verdict === "missing");
    if (parted === undefined) continue;
    const { name, detail } = parted;
    const file = stageFile(request, stage);
    const { cell, range } = statement;
    return {
      cell,
      line: range.start.line,
      code: codeOf(request, statement),
      name,
      message: detail,
      file,
      fileLine: first,
    };
  }
  return undefined;
}

interface TracedStep extends StageStep {
  readonly statement: Statement;
}

/** The statements of a stage that bind or change something and have lines of their own in the stage's file, in order. */
async function stageSteps(
  request: VerifyRequest,
  stage: Stage,
  noisy: ReadonlySet<string | undefined>,
): Promise<readonly TracedStep[]> {
  const manifest = await readFile(join(request.projectFolder, "reprise.json"), "utf8").catch(() => "{}");
  const { origins = {} } = JSON.parse(manifest) as { origins?: Readonly<Record<string, readonly LineOrigin[]>> };
  const lines = origins[stageFile(request, stage)] ?? [];
  const own = new Set<string>(stage.statements);
  return request.dataflow.statements.flatMap((statement) => {
    if (!own.has(statement.id)) return [];
    const produced = statement.accesses.filter(({ kind }) => kind === "bind" || kind === "change");
    const names = [...new Set(produced.map(({ place }) => place.name))].filter((name) => !noisy.has(name));
    const { line } = statement.range.start;
    const place = lines.find(
      ({ cell, cellFirst, cellLast }) => cell === statement.cell && line >= cellFirst && line <= cellLast,
    );
    if (place === undefined || names.length === 0) return [];
    return [{ statement, key: statement.id, names, first: place.first, last: place.last }];
  });
}

/** Runs the notebook up to the last of the steps. Returns the folder of what was taken. */
async function traceNotebook(
  request: VerifyRequest,
  notebook: NotebookRuns,
  steps: readonly TracedStep[],
): Promise<string> {
  const { plan, dataflow, workFolder } = request;
  const script = captureScript(plan, dataflow, new Map(steps.map(({ key, names }) => [key, names])));
  const last = Math.max(...steps.map(({ statement }) => script.cells.findIndex(({ cell }) => cell === statement.cell)));
  const nothing = new Map(plan.stages.map(({ name }) => [name, []]));
  const cut = { ...script, cells: script.cells.slice(0, last + 1), names: nothing };
  const folder = join(workFolder, "trace", "notebook");
  await runNotebook(request, { ...notebook, script: cut }, folder, "Looking for the first difference");
  return folder;
}

/** Runs the stage again, on what the earlier stages left. Returns the folder of what was taken. */
async function traceStage(
  request: VerifyRequest,
  { agent, source }: NotebookRuns,
  { written }: ProjectRun,
  stage: Stage,
  steps: readonly TracedStep[],
): Promise<string> {
  const { plan, dataflow, engine, projectFolder, workFolder, signal } = request;
  const folder = join(workFolder, "trace", "project");
  const { directory } = await source.open(join(folder, "files"), madePaths(dataflow));
  const earlier = new Set(plan.stages.slice(0, plan.stages.indexOf(stage)).map(({ name }) => name));
  for (const one of source.shared === undefined ? (written?.values() ?? []) : []) {
    if (earlier.has(one.by)) await placeWritten(one, directory);
  }
  const capture = await captureStage(stage, {
    engine,
    agent,
    package: plan.package,
    projectFolder,
    directory,
    work: join(projectRunFolder(request), "work"),
    folder: join(folder, "stages"),
    seed: seedOf(request),
    metrics: plan.metrics,
    steps: steps.map(({ key, names, first, last }) => ({ key, names, first, last })),
    arguments: stageArguments(request),
    secrets: secretValues(request.plan, request.dataflow),
    signal,
  });
  return capture.folder;
}

function stageFile({ plan }: VerifyRequest, stage: Stage): string {
  return `src/${plan.package}/${stage.name}.py`;
}

function codeOf({ dataflow }: VerifyRequest, { cell, range }: Statement): string {
  const source = dataflow.cells.find((each) => each.cell.index === cell)?.cell.source ?? "";
  const line = source.split("\n")[range.start.line - 1] ?? "";
  return line.slice(range.start.column - 1).trim();
}
