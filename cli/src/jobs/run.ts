import { existsSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import {
  type Analysis,
  analyseNotebook,
  type Notebook,
  ProblemError,
  planPipeline,
  requirePython,
  serialiseNotebook,
} from "@reprise/core";
import {
  lastMetrics,
  type NotebookRunRequest,
  type ParameterInput,
  type ParameterValue,
  type RunEvent,
  type RunRecord,
  resolveParameters,
  runNotebook,
} from "@reprise/core/node";
import type { Answer, Call } from "../execute.ts";
import { isFolder, shownPath } from "../input.ts";
import { checkNotebookOutput, outputPlace } from "../output.ts";
import { recordedCommand } from "../recorded-command.ts";
import { openAnyNotebook, pythonParser } from "./analysis.ts";
import { cacheRequest, tellCache } from "./cached-cells.ts";
import { chosenCells } from "./chosen-cells.ts";
import { checkEngineOptions, openEngine } from "./engine.ts";
import { type ChosenEnvironment, chooseEnvironment, chooseLock, folderOf } from "./environment.ts";
import { readParameters } from "./parameters.ts";
import { resumedPart } from "./resume.ts";
import { foreignKernel, foreignPart } from "./run-foreign.ts";
import { writePage } from "./run-page.ts";
import { runProjectFolder } from "./run-project.ts";
import { recordText } from "./runs.ts";
import { openSecrets } from "./secrets.ts";
import { openSink } from "./sink.ts";

export interface RunOptions {
  readonly json?: boolean;
  readonly parameters?: readonly [string, string][];
  readonly parametersRaw?: readonly [string, string][];
  readonly parametersFile?: readonly string[];
  readonly parametersYaml?: readonly string[];
  readonly parametersBase64?: readonly string[];
  readonly seed?: number;
  readonly kernel?: string;
  readonly cwd?: string;
  readonly startTimeout: number;
  readonly executionTimeout?: number;
  readonly timeout?: number;
  readonly onTimeout: "fail" | "interrupt";
  readonly prepareOnly?: boolean;
  readonly allowErrors?: boolean;
  readonly allowError?: readonly string[];
  readonly forceErrors?: boolean;
  readonly logOutput?: boolean;
  readonly from?: number;
  readonly to?: number;
  readonly only?: readonly string[];
  readonly html?: string;
  readonly reportMode?: boolean;
  readonly resume?: boolean;
  readonly cache?: boolean;
  readonly environment: string;
  readonly asOf?: string;
  readonly engine: "local" | "docker";
  readonly image?: string;
  readonly gpus: string;
  readonly memory?: number;
  readonly cpus?: number;
  readonly network?: "none" | "bridge" | "host";
  readonly env?: readonly string[];
  readonly secret?: readonly string[];
  /** The values of `secret`, once they are found. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly tracking?: readonly string[];
  readonly experiment?: string;
  readonly name?: string;
  readonly tag?: readonly [string, string][];
  /** False with `--no-save`. */
  readonly save: boolean;
}

/** What concerns each run of a notebook. */
export type NotebookOptions = Pick<
  RunOptions,
  | ("env" | "secrets" | "tag" | "seed" | "name" | "experiment" | "onTimeout" | "startTimeout" | "executionTimeout")
  | ("timeout" | "allowErrors" | "allowError" | "forceErrors")
>;

/** Runs a notebook or a project's folder. Throws ProblemError where the run cannot begin. */
export async function runSource(
  source: string,
  output: string | undefined,
  given: RunOptions,
  call: Call,
): Promise<Answer> {
  checkEngineOptions(given);
  variables(given.env ?? []);
  const options = { ...given, ...(await openSecrets(given, call)) };
  return isFolder(source)
    ? runProjectFolder(source, output, options, call)
    : runNotebookFile(source, output, options, call);
}

async function runNotebookFile(
  path: string,
  output: string | undefined,
  options: RunOptions,
  call: Call,
): Promise<Answer> {
  checkPaths(path, output, options);
  const notebook = await openAnyNotebook(path, call);
  const directory = resolve(options.cwd ?? folderOf(path));
  const given = await readParameters(options);
  const { environment, part } = await preparedRun(notebook, given, directory, options, call);
  const engine = await openEngine(options, environment, [directory], call);
  const sink = options.save ? await openSink(options, call) : undefined;
  try {
    const written = output === undefined || output === "-" || !options.save ? undefined : outputPlace(output);
    const { record, content } = await runNotebook(
      {
        engine,
        signal: call.signal,
        ...part,
        ...(sink === undefined ? {} : { sink }),
        ...(written === undefined ? {} : { output: written }),
        ...(options.prepareOnly === undefined ? {} : { prepareOnly: options.prepareOnly }),
        ...(options.reportMode === undefined ? {} : { reportMode: options.reportMode }),
      },
      listener(call, options.logOutput === true),
    );
    tellCache(record, call);
    if (options.html !== undefined) await writePage(options.html, record, content);
    const folder = sink?.folderOf(record.id);
    if (output === "-") {
      return { ...runAnswer(record, folder), text: () => serialiseNotebook(content).trimEnd() };
    }
    return runAnswer(record, folder, written);
  } finally {
    await sink?.close();
    await engine.close();
  }
}

/** Where a notebook runs, and what of its request its language decides. Throws ProblemError. */
async function preparedRun(
  notebook: Notebook,
  given: ParameterInput,
  directory: string,
  options: RunOptions,
  call: Call,
): Promise<{ environment: Partial<ChosenEnvironment>; part: Omit<NotebookRunRequest, "engine"> }> {
  const kernelspec = foreignKernel(notebook, options.kernel);
  if (kernelspec !== undefined) {
    const settings = commonSettings(notebook, directory, {}, options);
    return { environment: { kernelspec }, part: { ...settings, ...foreignPart(notebook, kernelspec, given, options) } };
  }
  // Who names a Python kernel says that the code is Python.
  if (options.kernel === undefined) requirePython(notebook);
  const parser = await pythonParser();
  const parameters = resolveParameters(notebook, given, parser);
  const analysis = analyseNotebook(notebook, parser);
  const environment = await environmentFor(analysis, options, call);
  const cells = await partOf(analysis, parameters, environment, options, call);
  const cache = cacheRequest(analysis, parameters, directory, options);
  const settings = notebookSettings(analysis, directory, environment, options);
  return { environment, part: { ...settings, parameters, ...cells, ...cache } };
}

/** Which cells run: all, those that are asked for, or what a run that was cut off has left. Throws ProblemError RP141, RP347. */
async function partOf(
  analysis: Analysis,
  parameters: ReadonlyMap<string, ParameterValue>,
  { locked, python }: Partial<ChosenEnvironment>,
  options: RunOptions,
  call: Call,
): Promise<Pick<NotebookRunRequest, "cells" | "kept">> {
  const cells = chosenCells(analysis, options);
  if (options.resume !== true) return cells === undefined ? {} : { cells };
  if (cells !== undefined) {
    throw new ProblemError({
      id: "RP141",
      message: "--resume continues the whole run; it cannot be given with --from, --to or --only",
      mend: "Leave one of them out.",
    });
  }
  const same = {
    parameters,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(locked === undefined ? {} : { lockHash: locked.lockHash }),
    ...(python === undefined ? {} : { python: python.version }),
  };
  return resumedPart(analysis, same, call);
}

/** Throws ProblemError RP141 for an output that is the notebook itself, RP144 for a working folder that is none. */
function checkPaths(source: string, output: string | undefined, options: RunOptions): void {
  const { cwd } = options;
  if (cwd !== undefined && statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new ProblemError({
      id: "RP144",
      message: `--cwd ${cwd}: there is no such folder`,
      mend: "Name the folder that the notebook's relative paths start from, or leave --cwd out.",
    });
  }
  checkNotebookOutput(output);
  if (source === "-" || output === undefined || !existsSync(output) || !existsSync(source)) return;
  if (realpathSync(output) !== realpathSync(source)) return;
  throw new ProblemError({
    id: "RP141",
    message: `${shownPath(output)} is the notebook itself, which Reprise never writes to`,
    place: { file: shownPath(output) },
    mend: "Name another file for the executed notebook; the run's record keeps one in any case.",
  });
}

/** Docker takes only what is locked; nothing is installed on this machine then. */
export async function environmentFor(
  analysis: Analysis,
  options: Pick<RunOptions, "environment" | "asOf" | "kernel" | "engine">,
  call: Call,
): Promise<Partial<ChosenEnvironment>> {
  const choice = {
    which: options.environment,
    ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
    ...(options.kernel === undefined ? {} : { kernel: options.kernel }),
  };
  if (options.engine === "docker") return { locked: await chooseLock(analysis, choice, call) };
  return chooseEnvironment(analysis, choice, call);
}

/** What every run of a notebook in Python is asked with, one or many. */
export function notebookSettings(
  analysis: Analysis,
  directory: string,
  environment: Partial<ChosenEnvironment>,
  options: NotebookOptions,
) {
  return {
    ...commonSettings(analysis.notebook, directory, environment, options),
    metrics: metricSources(analysis),
    data: dataFiles(analysis, directory),
  };
}

/** The same in any language. */
function commonSettings(
  notebook: Notebook,
  directory: string,
  environment: Partial<ChosenEnvironment>,
  options: NotebookOptions,
) {
  return {
    notebook,
    directory,
    command: recordedCommand(),
    onTimeout: options.onTimeout,
    startTimeoutMilliseconds: options.startTimeout * 1000,
    ...runSettings(options),
    ...(environment.locked === undefined ? {} : { environment: environment.locked }),
    ...(options.executionTimeout === undefined ? {} : { cellTimeoutMilliseconds: options.executionTimeout * 1000 }),
    ...(options.timeout === undefined ? {} : { timeoutMilliseconds: options.timeout * 1000 }),
    ...(options.allowErrors === undefined ? {} : { allowErrors: options.allowErrors }),
    ...(options.allowError === undefined ? {} : { allowErrorNames: options.allowError }),
    ...(options.forceErrors === undefined ? {} : { forceErrors: options.forceErrors }),
  };
}

/** What runs of notebooks and of projects are asked with in the same way. */
export function runSettings(options: Pick<RunOptions, "env" | "secrets" | "tag" | "seed" | "name" | "experiment">) {
  return {
    variables: variables(options.env ?? []),
    ...(options.secrets && { secrets: options.secrets }),
    tags: Object.fromEntries(options.tag ?? []),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.experiment === undefined ? {} : { experiment: options.experiment }),
  };
}

/** `NAME=VALUE`, or `NAME` for its value here. Throws ProblemError RP141 where it has none. */
function variables(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf("=");
      const name = at < 0 ? text : text.slice(0, at);
      const value = at < 0 ? process.env[name] : text.slice(at + 1);
      if (value !== undefined) return [name, value];
      throw new ProblemError({
        id: "RP141",
        message: `--env ${name}: this variable is not set here`,
        mend: `Set it, or give its value: --env ${name}=VALUE.`,
      });
    }),
  );
}

function metricSources(analysis: Analysis) {
  const planned = planPipeline(analysis, {});
  if (planned.outcome !== "planned") return [];
  return planned.plan.metrics.map(({ name, expression, statement }) => ({
    name,
    expression,
    cell: Number.parseInt(statement, 10),
  }));
}

function dataFiles(analysis: Analysis, directory: string) {
  return analysis.document.files.flatMap(({ path, use }) =>
    path === undefined || /^[a-z]+:\/\//i.test(path)
      ? []
      : [{ path: resolve(directory, path), use: use === "read" ? ("read" as const) : ("write" as const) }],
  );
}

/** Shows a run as it goes. */
export function listener(call: Call, showsOutput: boolean): (event: RunEvent) => void {
  return (event) => {
    if (event.kind === "cell-started") {
      const task = event.cell === undefined ? "Setting the parameters" : `Running cell ${event.cell}`;
      call.onProgress({ task, done: event.done, total: event.total });
    } else if (event.kind === "output" && showsOutput) {
      call.note(event.text.trimEnd());
    } else if (event.kind === "metric") {
      call.note(`${event.metric.name} = ${event.metric.value}`);
    } else if (event.kind === "warning") {
      call.note(event.message);
    }
  };
}

const exits: Readonly<Record<RunRecord["status"], number>> = {
  succeeded: 0,
  running: 4,
  failed: 1,
  interrupted: 130,
  died: 138,
};

/** A run as `run` answers it. */
export function runAnswer(record: RunRecord, folder: string | undefined, output?: string): Answer {
  const { environment, engine } = record;
  return {
    exit: record.failure?.name === "OutOfMemory" ? 137 : exits[record.status],
    json: {
      outcome: record.status,
      ...{
        run: record.id,
        ...(output === undefined ? {} : { output: shownPath(output) }),
        seconds: record.seconds,
        cells: record.cells,
        parameters: record.parameters,
        metrics: lastMetrics(record.metrics),
        environment: { python: environment.python, lock: environment.lockHash, image: engine.image?.digest },
        ...(folder === undefined ? {} : { record: shownPath(`${folder}/record.json`) }),
        tracking: record.tracking,
        ...(record.failure === undefined ? {} : { failure: record.failure }),
      },
    },
    text: () =>
      [
        recordText(record, folder === undefined ? "" : shownPath(folder)),
        ...(output === undefined ? [] : [`Wrote ${shownPath(output)}`]),
      ].join("\n"),
  };
}
