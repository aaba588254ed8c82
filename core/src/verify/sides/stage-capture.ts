import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Engine, ProgramResult } from "../../engine/engine.ts";
import { pathList } from "../../engine/path-list.ts";
import type { Metric, Stage } from "../../plan/plan.ts";
import { errorLine } from "../../run/cells/error-line.ts";
import { agentFailure, isDiskFull } from "./agent-failure.ts";

/** What one stage of the project did, in a process of its own. */
export interface StageCapture {
  /** Holds `values`, `saved`, `displays`, `figures`. */
  readonly folder: string;
  /** What its function printed. */
  readonly printed: string;
  /** What programs that it started wrote meanwhile, past Python's own output. */
  readonly commands: CommandsText;
  /** Values that it did not save, or that do not come back from what it saved: name, and what is wrong. */
  readonly problems: readonly (readonly [name: string, message: string])[];
  /** Metrics of the plan that it does not report, or with another value than the variable has that holds it. */
  readonly metricProblems: readonly (readonly [name: string, verdict: "missing" | "different", message: string])[];
  /** Why the stage did not come to its end. */
  readonly failure?: StageFailure;
}

export interface CommandsText {
  readonly stdout: string;
  readonly stderr: string;
}

export interface StageFailure {
  readonly message: string;
  /** The end of what it wrote to standard error. */
  readonly traceback: readonly string[];
}

/** A statement of the notebook, the lines that it has in the stage's file, and what to take after it. */
export interface StageStep {
  readonly key: string;
  readonly first: number;
  readonly last: number;
  readonly names: readonly string[];
}

export interface StageCaptureOptions {
  readonly engine: Engine;
  readonly agent: string;
  readonly package: string;
  readonly projectFolder: string;
  /** The process's working directory: where the notebook's relative paths start from. */
  readonly directory: string;
  /** The project's folder for values between stages. */
  readonly work: string;
  /** Where what was taken goes; one folder for each stage below it. */
  readonly folder: string;
  readonly seed: number;
  /** Those of the plan: the stage's own are to be reported. */
  readonly metrics: readonly Metric[];
  /** Statements of the stage's function after which values are taken too. */
  readonly steps?: readonly StageStep[];
  /** What the notebook has in its code and the project asks of its environment. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** More arguments of the project's command line. */
  readonly arguments: readonly string[];
  /** No limit where absent. */
  readonly timeoutSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Characters of what commands wrote to standard error before their stage failed. */
const longestLastWords = 20_000;

/** Runs `python -m PACKAGE STAGE` in a fresh process, with the agent looking on. What the stage does wrong is in the answer. */
export async function captureStage(stage: Stage, options: StageCaptureOptions): Promise<StageCapture> {
  const { package: name, signal } = options;
  const folder = join(options.folder, stage.name);
  await mkdir(folder, { recursive: true });
  await mkdir(options.work, { recursive: true });
  const result = await runStage(await writeRequest(stage, folder, options), options);
  signal?.throwIfAborted();
  const told = await readFile(join(folder, "stage.json"), "utf8").catch(() => undefined);
  if (result.code !== 0 || told === undefined) {
    if (isDiskFull(result.stderr) && /reprise_capture/.test(result.stderr)) {
      throw agentFailure(`Capturing stage ${stage.name}`, result.stderr, folder);
    }
    const nothing = { folder, printed: "", commands: { stdout: "", stderr: "" }, problems: [], metricProblems: [] };
    const lastWords = await readFile(join(folder, "commands-stderr.txt"), "utf8").catch(() => "");
    const stderr = `${lastWords.slice(-longestLastWords)}${result.stderr}`;
    return { ...nothing, failure: failureOf({ ...result, stderr }, options.timeoutSeconds) };
  }
  const { returned, ...seen } = JSON.parse(told) as AgentAnswer;
  if (returned) return { folder, ...seen };
  const message = `python -m ${name} ${stage.name} never called a function ${stage.name} of its own module`;
  return { folder, ...seen, failure: { message, traceback: [] } };
}

/** What core/agent/capture/stage_session.py tells of a stage. */
interface AgentAnswer extends Pick<StageCapture, "printed" | "commands" | "problems" | "metricProblems"> {
  /** The stage's function was called, and came to its end. */
  readonly returned: boolean;
}

/** Writes what the agent is asked; answers with the file. */
async function writeRequest(stage: Stage, folder: string, options: StageCaptureOptions): Promise<string> {
  const file = join(folder, "request.json");
  const request = {
    stage: stage.name,
    package: options.package,
    outputs: stage.outputs,
    metrics: metricsOf(stage, options.metrics),
    folder: inside(options, folder),
    work: inside(options, options.work),
    arguments: options.arguments,
    steps: options.steps ?? [],
  };
  await writeFile(file, JSON.stringify(request));
  return file;
}

function metricsOf({ name: stage }: Stage, metrics: readonly Metric[]): [name: string, expression: string][] {
  return metrics.filter((metric) => metric.stage === stage).map(({ name, expression }) => [name, expression]);
}

function runStage(request: string, options: StageCaptureOptions): Promise<ProgramResult> {
  const { agent, directory, engine, package: name, projectFolder, secrets, seed, signal, timeoutSeconds } = options;
  return engine.run({
    command: ["python", "-m", "reprise_capture.stage_session", inside(options, request)],
    directory,
    environment: {
      PYTHONPATH: pathList(engine, [inside(options, join(projectFolder, "src")), inside(options, agent)]),
      PYTHONHASHSEED: String(seed),
      MPLBACKEND: "Agg",
      // The run's own copy of the notebook's folder, not the one that the project was made beside.
      [`${name.toUpperCase()}_DATA_DIR`]: inside(options, directory),
    },
    ...(secrets && Object.keys(secrets).length > 0 && { secrets }),
    ...(signal && { signal }),
    ...(timeoutSeconds !== undefined && { timeoutMilliseconds: timeoutSeconds * 1000 }),
  });
}

function inside({ engine }: StageCaptureOptions, path: string): string {
  return engine.pathInside(resolve(path));
}

function failureOf(result: ProgramResult, limit = Number.POSITIVE_INFINITY): StageFailure {
  const traceback = result.stderr.trim().split("\n");
  return { message: endOf(result, traceback, limit), traceback: traceback.slice(-40) };
}

function endOf(result: ProgramResult, traceback: readonly string[], limit: number): string {
  if (result.outOfMemory) return "it went over its memory limit";
  if (result.seconds >= limit) return `it did not end within ${Math.round(limit)} s`;
  if (result.signal) return `it was ended by ${result.signal}`;
  return errorLine(traceback) || `exit code ${result.code}`;
}
