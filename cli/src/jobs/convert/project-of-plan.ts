import { relative, resolve } from "node:path";
import {
  type Analysis,
  type ConversionSettings,
  type DataFileFacts,
  type Finding,
  findings as findingsOf,
  generateProject,
  type PipelinePlan,
  type ProjectEnvironment,
  seal,
  statementPrints,
  withTargets,
} from "@reprise/core";
import { createPythonFormatter, loadTemplates, readDataFacts } from "@reprise/core/node";
import type { Call } from "../../execute.ts";
import { isWithoutFolder } from "../../input.ts";
import { pythonParser } from "../analysis.ts";
import { folderOf } from "../environment.ts";
import type { Conversion, ConversionOptions } from "./conversion.ts";
import { localModulesOf } from "./own-modules.ts";

/** Writes the texts of a project from its plan; nothing is on disk afterwards. */
export async function projectOf(
  analysis: Analysis,
  planned: PipelinePlan,
  environment: ProjectEnvironment,
  settings: ConversionSettings,
  options: ConversionOptions,
  call: Call,
): Promise<Conversion> {
  call.onProgress({ task: "Writing the project" });
  const templates = loadTemplates();
  const dataFacts = dataFactsOf(analysis);
  let found: readonly Finding[] | undefined;
  const findings = () => {
    found ??= findingsOf(analysis, {}).findings;
    return found;
  };
  const local = await localModulesOf(analysis);
  const notes = [...planned.notes, ...(environment.notes ?? []), ...(local?.leftBehind ?? [])];
  const plan = { ...planned, notes: [...new Set(notes)] };
  const generated = await generateProject({
    plan,
    analysis,
    templates,
    formatter: options.formatter ?? createPythonFormatter(await pythonParser()),
    environment,
    ...(options.dataFolder === undefined ? {} : { dataFolder: options.dataFolder }),
    ...(options.dataChecks === undefined ? {} : { dataChecks: options.dataChecks }),
    ...(options.observation === undefined ? {} : { observation: options.observation }),
    ...(local === undefined ? {} : { localModules: local.files, localData: local.data }),
    dataFacts,
    findings,
  });
  const project = seal(withTargets(generated, plan, settings.targets, templates), settings, statementPrints(analysis));
  return {
    outcome: "converted",
    analysis,
    plan,
    project,
    findings: findings().filter(({ severity }) => severity !== "info"),
  };
}

/** What is known of the files that the notebook reads; nothing for one that has no folder here. */
function dataFactsOf({ notebook, document }: Analysis): readonly DataFileFacts[] {
  if (isWithoutFolder(notebook.path)) return [];
  const paths = document.files.flatMap(({ use, path }) => (use === "read" && path !== undefined ? [path] : []));
  return readDataFacts(folderOf(notebook.path), [...new Set(paths)]);
}

/** The notebook's folder, seen from the project's; nothing for one that has none here. */
export function dataFolderOf(notebook: string, project: string): Pick<ConversionOptions, "dataFolder"> {
  if (isWithoutFolder(notebook)) return {};
  return { dataFolder: relative(resolve(project), folderOf(notebook)).replaceAll("\\", "/") || "." };
}
