import { join, parse, resolve } from "node:path";
import { analyseNotebook } from "@reprise/core";
import { hashText, keyTag, type ParameterValue, resolveParameters, runNotebook } from "@reprise/core/node";
import type { Call } from "../../execute.ts";
import { outputIn } from "../../output.ts";
import { openNotebook, pythonParser } from "../analysis.ts";
import { openEngine } from "../engine.ts";
import { folderOf } from "../environment.ts";
import { environmentFor } from "../run/run.ts";
import { notebookSettings } from "../run/run-settings.ts";
import type { BatchOptions } from "./batch.ts";
import type { PlannedSets } from "./batch-plan.ts";
import { type BatchSource, batchSource, inputsOf } from "./batch-source.ts";

/** Throws ProblemError as `run` does; RP142, RP143 for any of the sets, before anything runs. */
export async function openNotebookSource(
  path: string,
  planned: PlannedSets,
  options: BatchOptions,
  call: Call,
): Promise<BatchSource> {
  const notebook = await openNotebook(path, call);
  const parser = await pythonParser();
  const inputs = await inputsOf(planned, options);
  const sets = inputs.map((input) => resolveParameters(notebook, input, parser));
  const analysis = analyseNotebook(notebook, parser);
  const environment = await environmentFor(analysis, options, call);
  const directory = resolve(options.cwd ?? folderOf(path));
  const engine = await openEngine(options, environment, [directory], call);
  const settings = notebookSettings(analysis, directory, environment, { ...options, onTimeout: "fail" });
  const parts = {
    code: { path: notebook.path, hash: hashText(notebook.text) },
    engine,
    lockHash: environment.locked?.lockHash,
    readsUnknown: analysis.document.files.some(({ path: file, use }) => use === "read" && isUnknown(file)),
    settings,
    sets,
  };
  const run: Parameters<typeof batchSource>[0]["run"] = async ({ index, attempt, signal, turn }, key, own) => {
    const name = `${parse(path).name}-${String(index).padStart(4, "0")}`;
    const output = options.outputs === undefined ? undefined : outputIn(options.outputs, `${name}.ipynb`);
    const { record } = await runNotebook({
      ...settings,
      name: `${options.name ?? name}${attempt > 1 ? `, try ${attempt}` : ""}`,
      engine,
      parameters: sets[index] as ReadonlyMap<string, ParameterValue>,
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

/** A path that is computed, and an address, which says nothing about what lies there. */
const isUnknown = (path: string | undefined) => path === undefined || /^[a-z]+:\/\//i.test(path);
