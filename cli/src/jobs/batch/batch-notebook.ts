import { join, parse, resolve } from "node:path";
import { analyseNotebook, type Notebook, requirePython } from "@reprise/core";
import {
  foldersBeyond,
  hashText,
  keyTag,
  type ParameterInput,
  readPaths,
  resolveParameters,
  runNotebook,
} from "@reprise/core/node";
import type { Call } from "../../execute.ts";
import { outputIn } from "../../output.ts";
import { openAnyNotebook, pythonParser } from "../analysis.ts";
import { openEngine } from "../engine.ts";
import { type ChosenEnvironment, folderOf } from "../environment.ts";
import { environmentFor } from "../run/run.ts";
import { checkLanguageOptions, foreignKernel, foreignPart } from "../run/run-foreign.ts";
import { commonSettings, notebookSettings } from "../run/run-settings.ts";
import type { BatchOptions } from "./batch-options.ts";
import type { PlannedSets } from "./batch-plan.ts";
import { type BatchSource, batchSource, inputsOf } from "./batch-source.ts";

/** Throws ProblemError as `run` does; RP142, RP143 for any of the sets, before anything runs. */
export async function openNotebookSource(
  path: string,
  planned: PlannedSets,
  options: BatchOptions,
  call: Call,
): Promise<BatchSource> {
  const notebook = await openAnyNotebook(path, call);
  const inputs = await inputsOf(planned, options, call);
  const directory = resolve(options.cwd ?? folderOf(path));
  const prepared = await preparedRuns(notebook, inputs, directory, options, call);
  const { environment, readsUnknown, requests, settings, beyond = [] } = prepared;
  const engine = await openEngine(options, environment, [directory, ...beyond], call);
  const parts = {
    code: { path: notebook.path, hash: hashText(notebook.text) },
    engine,
    lockHash: environment.locked?.lockHash,
    readsUnknown,
    settings,
    sets: requests.map(({ parameters }) => parameters),
  };
  const run: Parameters<typeof batchSource>[0]["run"] = async ({ index, attempt, signal, turn }, key, own) => {
    const name = `${parse(path).name}-${String(index).padStart(4, "0")}`;
    const output = options.outputs === undefined ? undefined : outputIn(options.outputs, `${name}.ipynb`);
    const { record } = await runNotebook({
      ...settings,
      name: `${options.name ?? name}${attempt > 1 ? `, try ${attempt}` : ""}`,
      engine,
      ...(requests[index] as OwnRequest),
      parent: own.parent,
      sink: own.sink,
      signal,
      turn,
      tags: { ...settings.tags, [keyTag]: key },
      variables: { ...own.variables, ...settings.variables },
      ...(output !== undefined && { output }),
    });
    return { record, output: output ?? join(own.folderOf(record.id), "notebook.ipynb") };
  };
  return batchSource({ ...parts, run }, options, call);
}

/** What of a request is particular to one run. */
type OwnRequest = ReturnType<typeof foreignPart>;

interface PreparedRuns {
  readonly environment: Partial<ChosenEnvironment>;
  readonly readsUnknown: boolean;
  readonly requests: readonly OwnRequest[];
  readonly settings: ReturnType<typeof commonSettings>;
  /** Folders of its project that it reads from, beside its own. */
  readonly beyond?: readonly string[];
}

/** Where a notebook runs, and what its language says of its runs. Throws ProblemError. */
async function preparedRuns(
  notebook: Notebook,
  inputs: readonly ParameterInput[],
  directory: string,
  given: BatchOptions,
  call: Call,
): Promise<PreparedRuns> {
  const options = { ...given, onTimeout: "fail" } as const;
  const kernelspec = foreignKernel(notebook, options.kernel);
  if (kernelspec !== undefined) {
    // To make only what is missing, nothing need be read.
    checkLanguageOptions(kernelspec, { ...options, resume: false });
    return {
      environment: { kernelspec },
      readsUnknown: true,
      requests: inputs.map((input) => foreignPart(notebook, kernelspec, input)),
      settings: commonSettings(notebook, directory, {}, options),
    };
  }
  if (options.kernel === undefined) requirePython(notebook);
  const parser = await pythonParser();
  const requests = inputs.map((input) => ({ parameters: resolveParameters(notebook, input, parser) }));
  const analysis = analyseNotebook(notebook, parser);
  const environment = await environmentFor(analysis, options, call);
  const values = requests.flatMap(({ parameters }) => [...parameters.values()]);
  return {
    environment,
    readsUnknown: analysis.document.files.some(({ path, use }) => use === "read" && isUnknown(path)),
    requests,
    settings: notebookSettings(analysis, directory, environment, options),
    beyond: foldersBeyond([...readPaths(analysis.document), ...values], directory),
  };
}

/** A path that is computed, and an address, which says nothing about what lies there. */
const isUnknown = (path: string | undefined) => path === undefined || /^[a-z]+:\/\//i.test(path);
