import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { makeFolder } from "../host/make-folder.ts";
import { ProblemError } from "../problem/problem.ts";
import { SecretMask } from "../secret/secret-mask.ts";
import { maskedSink } from "./masked-sink.ts";
import { type ParameterValue, plainValue } from "./parameters/parameter-value.ts";
import { outputFiles, readMetrics } from "./project/project-results.ts";
import { runStages } from "./project/run-stages.ts";
import { beginRecord, endRecord, identifyRun } from "./record/begin-record.ts";
import { hashFolder } from "./record/file-hash.ts";
import { isBelow, withOpened } from "./record/opened-files.ts";
import { ProgramsUsage } from "./record/programs-usage.ts";
import type { RunRecord } from "./record/record.ts";
import { whileSampling } from "./record/resource-sampler.ts";
import { seedVariables } from "./record/seed-variables.ts";
import type { ProjectRunRequest, RunListener } from "./request.ts";

/** The option of a parameter; the project has some options itself. */
function optionOf(parameter: string): string {
  const isReserved = /^(?:work|params|data_dir|help)$/i.test(parameter);
  return `--${isReserved ? "param-" : ""}${parameter.replaceAll("_", "-")}`;
}

/** What belongs to a project's folder, but not to its code. */
const notCode =
  /(^|\/)(\.git|\.venv|\.dvc|\.reprise|__pycache__|\.[a-z]+_cache|node_modules|work)(\/|$)|^proof\.(json|svg)$/;

/** `sha256:...` of a project's code: what it leaves behind when it runs is no part of it. */
export function hashProject(folder: string): Promise<string> {
  return hashFolder(folder, { isSkipped: (path) => notCode.test(path) });
}

/**
 * Runs a generated project as its users do (`python -m PACKAGE run`), in the engine, and records the run. What becomes of
 * it is in the record's status. Throws ProblemError RP161 where the folder holds no such package.
 */
export async function runProject(request: ProjectRunRequest, listener: RunListener = () => {}): Promise<RunRecord> {
  const { engine, folder, package: name, secrets = {}, signal, work } = request;
  const mask = new SecretMask(secrets);
  const sink = request.sink && maskedSink(request.sink, mask);
  await request.turn;
  if (!existsSync(join(folder, "src", name, "__main__.py"))) throw notAProject(folder, name);
  const code = { path: folder, hash: await hashProject(folder) };
  const parameters = Object.entries(request.parameters ?? {}).map(([key, value]) => [key, plainValue(value)]);
  const identity = { kind: "project" as const, code, parameters: Object.fromEntries(parameters) };
  const begun = await identifyRun(beginRecord(request, identity), signal);
  const told = await sink?.begin(begun);
  makeFolder(work);
  const began = performance.now();
  const usage = new ProgramsUsage();
  const variables = {
    PYTHONPATH: engine.pathInside(resolve(folder, "src")),
    ...seedVariables(request.seed),
    ...told?.environment,
    ...request.variables,
  };
  const surroundings = { variables, options: optionsOf(request), mask, listener, usage };
  const { result: run, resources } = await whileSampling(
    () => usage.now(),
    engine.description,
    () => runStages(request, surroundings),
  );
  const metrics = await readMetrics(work, listener);
  for (const metric of metrics) listener({ kind: "metric", metric });
  if (metrics.length > 0) await sink?.log(metrics);
  const isData = dataOf(request);
  const opened = run.opened.filter(([path]) => isData(path));
  const data = await withOpened(begun.data, opened, Date.parse(begun.started), signal);
  const record = await endRecord({ ...begun, ...run.outcome, data, metrics, ...(resources && { resources }) }, began);
  const files = [...(await outputFiles(work)), { name: "run.log", text: run.log }];
  return mask.value((await sink?.finish(record, files)) ?? record);
}

/** What the project is told of parameters and places, on its own command line. */
function optionsOf({ dataDirectory, engine, parameters = {} }: ProjectRunRequest): readonly string[] {
  const values = Object.entries(parameters).map(([key, value]) => `${optionOf(key)}=${shellText(value)}`);
  return dataDirectory === undefined ? values : [...values, `--data-dir=${engine.pathInside(resolve(dataDirectory))}`];
}

/** Which files are data: not those that the stages hand on, nor those that are the project's code and settings. */
function dataOf({ dataDirectory, engine, folder, work }: ProjectRunRequest): (path: string) => boolean {
  const [project, values, data] = [resolve(folder), resolve(work), resolve(dataDirectory ?? folder)];
  const isHere = (path: string) => engine.kind === "local" || isBelow(path, project) || isBelow(path, data);
  return (path) =>
    isHere(path) && !isBelow(path, values) && !isBelow(path, join(project, "src")) && dirname(path) !== project;
}

/** A value as the project's own command line takes it. */
function shellText(value: ParameterValue): string {
  const plain = plainValue(value);
  return typeof plain === "string" ? plain : JSON.stringify(plain);
}

function notAProject(folder: string, name: string): ProblemError {
  return new ProblemError({
    id: "RP161",
    message: `${folder} holds no generated package ${name}: src/${name}/__main__.py is missing.`,
    place: { file: folder },
    mend: "Name the folder that `reprise convert NOTEBOOK -o DIR` made.",
  });
}
