import { existsSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import {
  type Analysis,
  analyseNotebook,
  type Notebook,
  ProblemError,
  requirePython,
  serialiseNotebook,
} from "@reprise/core";
import {
  type Engine,
  failureText,
  foldersBeyond,
  type NotebookRunRequest,
  type ParameterInput,
  type ParameterValue,
  type RunResult,
  readPaths,
  resolveParameters,
  runNotebook,
} from "@reprise/core/node";
import type { Answer, Call } from "../../execute.ts";
import { isFolder, shownPath } from "../../input.ts";
import { checkNotebookOutput, outputPlace } from "../../output.ts";
import { openAnyNotebook, pythonParser } from "../analysis.ts";
import { checkEngineOptions, openEngine } from "../engine.ts";
import { type ChosenEnvironment, chooseEnvironment, chooseLock, folderOf } from "../environment.ts";
import { parameterHelp, pathParameters } from "../parameter-help.ts";
import { readParameters } from "../parameters.ts";
import { openSecrets } from "../secrets.ts";
import { cacheRequest, tellCache } from "./cached-cells.ts";
import { chosenCells } from "./chosen-cells.ts";
import { filledIn } from "./output-name.ts";
import { resumedPart } from "./resume.ts";
import { listener, runAnswer } from "./run-answer.ts";
import { checkLanguageOptions, foreignKernel, foreignPart } from "./run-foreign.ts";
import type { RunOptions } from "./run-options.ts";
import { runProjectFolder } from "./run-project.ts";
import { commonSettings, notebookSettings, savingOf, variables } from "./run-settings.ts";
import { openSink } from "./sink.ts";
import { openStreamFiles } from "./stream-files.ts";
import { earlierSeconds } from "./time-left.ts";

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
  outputName: string | undefined,
  options: RunOptions,
  call: Call,
): Promise<Answer> {
  const given = await readParameters(options, call);
  const output = outputName === undefined ? undefined : filledIn(outputName, given);
  checkPaths(path, output, options);
  const opened = await openAnyNotebook(path, call);
  const notebook = options.language === undefined ? opened : { ...opened, language: options.language.toLowerCase() };
  if (options.helpNotebook === true) return parameterHelp(notebook, await pythonParser());
  const directory = resolve(options.cwd ?? folderOf(path));
  const { environment, part, beyond = [] } = await preparedRun(notebook, given, directory, options, call);
  // A container saves what is cached itself.
  const folders = [directory, ...beyond, ...(part.cache ? [part.cache.store.folder] : [])];
  const engine = await openEngine(options, environment, folders, call);
  try {
    return await runIn(engine, part, { path, output }, options, call);
  } finally {
    await engine.close();
  }
}

/** A notebook whose call is right: where it runs, and what of its request its language decides. */
interface PreparedNotebook {
  readonly environment: Partial<ChosenEnvironment>;
  readonly part: Omit<NotebookRunRequest, "engine">;
  /** Folders of its project that it reads from, beside its own. */
  readonly beyond?: readonly string[];
}

async function runIn(
  engine: Engine,
  part: PreparedNotebook["part"],
  { path, output }: { readonly path: string; readonly output: string | undefined },
  options: RunOptions,
  call: Call,
): Promise<Answer> {
  const written = output === undefined || output === "-" || !options.save ? undefined : outputPlace(output);
  // Elsewhere than on a terminal nobody waits for it.
  const earlier = process.stderr.isTTY ? await earlierSeconds(part.notebook.path) : new Map<number, number>();
  const show = listener(call, options.logOutput === true, options.progressBar !== false, earlier);
  const streams = openStreamFiles(options, call.note);
  const sink = options.save ? await openSink(options, call) : undefined;
  try {
    const ran = await runNotebook(
      {
        engine,
        signal: call.signal,
        ...part,
        parameters: new Map([...pathParameters(path, output, options), ...(part.parameters ?? [])]),
        ...savingOf(options),
        ...(options.reportMode === undefined ? {} : { reportMode: options.reportMode }),
        ...(sink === undefined ? {} : { sink }),
        ...(written === undefined || output === undefined ? {} : { output: written, outputName: output }),
        ...(options.prepareOnly === undefined ? {} : { prepareOnly: options.prepareOnly }),
      },
      (event) => {
        streams.take(event);
        show(event);
      },
    );
    return await answerOf(ran, { output, written, folder: sink?.folderOf(ran.record.id) }, options, call);
  } finally {
    streams.close();
    await sink?.close();
  }
}

/** Tells what became of a run, and writes what it was asked to show. Throws ProblemError RP361, RP362. */
async function answerOf(
  { content, record }: RunResult,
  places: Readonly<Record<"output" | "written" | "folder", string | undefined>>,
  options: RunOptions,
  call: Call,
): Promise<Answer> {
  tellCache(record, call);
  if (options.html !== undefined) {
    const { writePage } = await import("./run-page.ts");
    await writePage(options.html, record, content);
  }
  if (record.failure !== undefined) call.note(failureText(record.failure, content));
  if (places.output !== "-") return runAnswer(record, places.folder, places.written);
  return { ...runAnswer(record, places.folder), text: () => serialiseNotebook(content).trimEnd() };
}

/** Throws ProblemError. */
async function preparedRun(
  notebook: Notebook,
  given: ParameterInput,
  directory: string,
  options: RunOptions,
  call: Call,
): Promise<PreparedNotebook> {
  const kernelspec = foreignKernel(notebook, options.kernel);
  if (kernelspec !== undefined) {
    checkLanguageOptions(kernelspec, options);
    const settings = commonSettings(notebook, directory, {}, options);
    return { environment: { kernelspec }, part: { ...settings, ...foreignPart(notebook, kernelspec, given) } };
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
  const beyond = foldersBeyond([...readPaths(analysis.document), ...parameters.values()], directory);
  return { environment, part: { ...settings, parameters, ...cells, ...cache }, beyond };
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

/** Docker takes only what is locked, and an image on Ray has everything: nothing is installed on this machine then. */
export async function environmentFor(
  analysis: Analysis,
  options: Pick<RunOptions, "environment" | "asOf" | "kernel" | "image"> & { readonly engine: string },
  call: Call,
): Promise<Partial<ChosenEnvironment>> {
  if (options.engine === "ray" && options.image !== undefined) return environmentOfImage(options.environment);
  const choice = {
    which: options.environment,
    ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
    ...(options.kernel === undefined ? {} : { kernel: options.kernel }),
  };
  if (options.engine === "docker") return { locked: await chooseLock(analysis, choice, call) };
  return chooseEnvironment(analysis, choice, call);
}

/** Throws ProblemError RP141 where another one was asked for. */
function environmentOfImage(which: string): Partial<ChosenEnvironment> {
  if (which === "auto") return {};
  throw new ProblemError({
    id: "RP141",
    message: `--environment ${which} cannot be given with --engine ray --image: the image has its own`,
    mend: "Leave one of them out.",
  });
}
