import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { makeFolder } from "../host/make-folder.ts";
import type { Exit } from "../kernel/process.ts";
import { ProblemError } from "../problem/problem.ts";
import { SecretMask } from "../secret/secret-mask.ts";
import { errorLine } from "./cells/error-line.ts";
import { failurePlace } from "./cells/failure-place.ts";
import { maskedSink } from "./masked-sink.ts";
import { type ParameterValue, plainValue } from "./parameters/parameter-value.ts";
import { outputFiles, readMetrics } from "./project-results.ts";
import { beginRecord, endRecord, identifyRun } from "./record/begin-record.ts";
import { hashFolder } from "./record/file-hash.ts";
import { isBelow, type OpenedFile, withOpened } from "./record/opened-files.ts";
import { ProgramsUsage } from "./record/programs-usage.ts";
import type { RunFailure, RunRecord } from "./record/record.ts";
import { sampleResources } from "./record/resource-sampler.ts";
import { seedVariables } from "./record/seed-variables.ts";
import type { RunListener, RunSettings } from "./request.ts";
import { watchedPackage } from "./watched-package.ts";

export interface ProjectRunRequest extends RunSettings {
  /** The generated project's folder. */
  readonly folder: string;
  readonly package: string;
  /** The project checks their types. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** Where the stages leave their values; below the project's folder, or handed to the engine. */
  readonly work: string;
  /** Where relative paths of the notebook start from; handed to the engine. The project's folder by default. */
  readonly dataDirectory?: string;
  /** Only these stages, in this order; all by default. */
  readonly stages?: readonly string[];
  readonly timeoutMilliseconds?: number;
}

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
  const { engine, folder, package: name, parameters = {}, secrets = {}, signal, stages = ["run"], work } = request;
  const mask = new SecretMask(secrets);
  const sink = request.sink && maskedSink(request.sink, mask);
  await request.turn;
  if (!existsSync(join(folder, "src", name, "__main__.py"))) throw notAProject(folder, name);
  const code = { path: folder, hash: await hashProject(folder) };
  const plainParameters = Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [key, plainValue(value)]),
  );
  const begun = await identifyRun(beginRecord(request, { kind: "project", code, parameters: plainParameters }), signal);
  const told = await sink?.begin(begun);
  makeFolder(work);
  const began = performance.now();
  const variables = {
    PYTHONPATH: engine.pathInside(resolve(folder, "src")),
    ...seedVariables(request.seed),
    ...told?.environment,
    ...request.variables,
  };
  const options = Object.entries(parameters).map(([key, value]) => `${optionOf(key)}=${shellText(value)}`);
  if (request.dataDirectory !== undefined)
    options.push(`--data-dir=${engine.pathInside(resolve(request.dataDirectory))}`);
  const logs: string[] = [];
  const usage = new ProgramsUsage();
  const sampler = sampleResources(() => usage.now(), engine.description);
  const watched = await watchedPackage(engine, work);
  const opened: OpenedFile[] = [];
  let outcome: Pick<RunRecord, "status" | "failure"> = { status: "succeeded" };
  for (const stage of stages) {
    const left = request.timeoutMilliseconds && request.timeoutMilliseconds - (performance.now() - began);
    const streams = { stdout: mask.stream(), stderr: mask.stream() };
    const tell = (stream: "stdout" | "stderr", text: string): void => {
      if (text === "") return;
      logs.push(text);
      listener({ kind: "output", stream, text });
    };
    const result = await engine
      .run({
        command: [...watched.command, name, stage, "--work", engine.pathInside(resolve(work)), ...options],
        directory: folder,
        environment: variables,
        ...(signal && { signal }),
        ...(left !== undefined && { timeoutMilliseconds: left }),
        ...(mask.isActive && { secrets }),
        onOutput: (stream, text) => tell(stream, streams[stream].push(text)),
        onStarted: (ask) => usage.follow(ask),
      })
      .catch(async (error: unknown) => {
        if (signal?.aborted) return undefined;
        await sampler.stop();
        throw error;
      });
    for (const stream of ["stdout", "stderr"] as const) tell(stream, streams[stream].flush());
    const isLate = left !== undefined && performance.now() - began >= (request.timeoutMilliseconds ?? 0);
    outcome = isLate && result?.code !== 0 ? late(stage) : await placed(outcomeOf(stage, result), folder, name);
    opened.push(...(await watched.opened()));
    if (outcome.status !== "succeeded") break;
  }
  const resources = await sampler.stop();
  const metrics = await readMetrics(work);
  for (const metric of metrics) listener({ kind: "metric", metric });
  if (metrics.length > 0) await sink?.log(metrics);
  const isData = dataOf(request);
  const data = await withOpened(
    begun.data,
    opened.filter(([path]) => isData(path)),
    Date.parse(begun.started),
    signal,
  );
  const record = await endRecord({ ...begun, ...outcome, data, metrics, ...(resources && { resources }) }, began);
  const files = [...(await outputFiles(work)), { name: "run.log", text: logs.join("") }];
  return mask.value((await sink?.finish(record, files)) ?? record);
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

function outcomeOf(stage: string, result: Exit | undefined): Pick<RunRecord, "status" | "failure"> {
  if (result === undefined) return { status: "interrupted" };
  if (result.code === 0) return { status: "succeeded" };
  const { code, lost, outOfMemory, signal, stderr } = result;
  if (lost !== undefined)
    return { status: "died", failure: { name: "EngineLost", message: `${lost}.`, traceback: [] } };
  const lines = stderr.trim().split("\n");
  if (code === null || outOfMemory) {
    const message = outOfMemory ? "went over its memory limit" : `ended by ${signal}`;
    return {
      status: "died",
      failure: { name: outOfMemory ? "OutOfMemory" : "Killed", message: `${stage} ${message}`, traceback: lines },
    };
  }
  const [, error, message] = /^([\w.]+)(?:: (.*))?$/s.exec(errorLine(lines) ?? "") ?? [];
  return {
    status: "failed",
    failure: { name: error ?? "Exit", message: message ?? `${stage} ended with exit code ${code}`, traceback: lines },
  };
}

/** With the cell of the notebook that the failed line came from. */
async function placed(
  outcome: Pick<RunRecord, "status" | "failure">,
  folder: string,
  name: string,
): Promise<Pick<RunRecord, "status" | "failure">> {
  const { failure } = outcome;
  const place = failure && (await failurePlace(failure.traceback, folder, name));
  return place?.cell === undefined ? outcome : { ...outcome, failure: { ...failure, cell: place.cell } as RunFailure };
}

function late(stage: string): Pick<RunRecord, "status" | "failure"> {
  const message = `${stage} took longer than it may, and was stopped`;
  return { status: "failed", failure: { name: "Timeout", message, traceback: [] } };
}

function notAProject(folder: string, name: string): ProblemError {
  return new ProblemError({
    id: "RP161",
    message: `${folder} holds no generated package ${name}: src/${name}/__main__.py is missing.`,
    place: { file: folder },
    mend: "Name the folder that `reprise convert NOTEBOOK -o DIR` made.",
  });
}
