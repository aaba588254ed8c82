import { relative, resolve } from "node:path";
import {
  type Analysis,
  type ConversionSettings,
  type DataFileFacts,
  type Finding,
  findings as findingsOf,
  followPlan,
  generateProject,
  type PipelinePlan,
  type PlanFile,
  type Planned,
  ProblemError,
  type Project,
  type ProjectEnvironment,
  type ProjectObservation,
  type PythonFormatter,
  planPipeline,
  projectRequirements,
  seal,
  statementPrints,
  withTargets,
  withVersions,
} from "@reprise/core";
import {
  createPythonFormatter,
  type Environment,
  importVersions,
  isSupported,
  type LocalModules,
  loadTemplates,
  type RefinedOptions,
  readDataFacts,
  readLocalModules,
  recordedPython,
  requestFor,
  startPythonFormatter,
  writeProject,
} from "@reprise/core/node";
import type { ConvertOptions } from "../../commands/convert.ts";
import type { Answer, Call } from "../../execute.ts";
import { isWithoutFolder, shownPath } from "../../input.ts";
import { writeOutput } from "../../output.ts";
import { color } from "../../terminal/color.ts";
import { proofExit, verificationText } from "../../terminal/verification-text.ts";
import { analyseFile, pythonParser } from "../analysis.ts";
import { folderOf } from "../environment.ts";
import { withCarriedWheels } from "./carried-wheels.ts";
import { lockFor, settingsOf } from "./conversion-lock.ts";
import { answerOf, diagnosis } from "./convert-answer.ts";
import type { ProvenConversion, UnprovenConversion } from "./convert-proven.ts";
import {
  asBefore,
  checkNotebook,
  type Destination,
  mergeInto,
  openDestination,
  undefinedAfter,
} from "./existing-project.ts";
import { checkPlan, openPlan, writePlan } from "./plan-files.ts";
import { checkUnedited, unproven, withReconversion, writeReconversion } from "./reconversion.ts";

/** A notebook and the project made of it. */
export interface Conversion {
  readonly outcome: "converted";
  readonly analysis: Analysis;
  readonly plan: PipelinePlan;
  readonly project: Project;
  readonly environment?: Environment;
  /** Hash of what was asked of the resolver. */
  readonly request?: string;
  /** At warning or above. */
  readonly findings: readonly Finding[];
}

/** Why a notebook cannot become a pipeline as it is. */
export interface Diagnosis {
  readonly outcome: "diagnosed";
  readonly analysis: Analysis;
  readonly reasons: readonly Finding[];
}

export type ConversionOptions = Partial<
  Pick<ConvertOptions, "plan" | "target" | "package" | "python" | "asOf" | "stages" | "lock" | "dataChecks" | "report">
> & {
  /** Where the notebook's relative paths start, seen from the project's folder; with forward slashes. */
  readonly dataFolder?: string;
  /** One that was started beforehand. */
  readonly formatter?: PythonFormatter;
  /** What a proof taught about the plan. */
  readonly refined?: RefinedOptions;
  /** What a proof saw of the values. */
  readonly observation?: ProjectObservation;
  /** What `plan` names. */
  readonly planFile?: PlanFile;
  /** The project that the conversion is merged into. */
  readonly destination?: Destination;
};

/**
 * Converts and writes, into a project that is there already by merging; `diagnosed` writes nothing. Throws ProblemError.
 */
export async function convertNotebook(path: string, given: ConvertOptions, call: Call): Promise<Answer> {
  if (given.report !== undefined && given.prove !== true) {
    throw new ProblemError({
      id: "RP141",
      message: "--report is the page of a proof, and nothing is proven without --prove",
      mend: "Give --prove too, or leave --report out.",
    });
  }
  const destination = await openDestination(given);
  const asked = destination === undefined ? given : asBefore(given, destination);
  const options: ConversionOptions & ConvertOptions = {
    ...asked,
    ...(asked.plan === undefined ? {} : { planFile: await openPlan(asked.plan) }),
    ...(destination === undefined ? {} : { destination }),
    ...dataFolderOf(path, given.output),
    formatter: startPythonFormatter(),
  };
  const analysis = await analyseFile(path, call);
  if (destination !== undefined) checkNotebook(destination, analysis);
  if (options.planFile !== undefined) await checkPlan(options.planFile, analysis, options.planOut);
  const proven = options.prove ? await provenConversion(analysis, options, call) : undefined;
  const converted = proven === undefined ? await convertAnalysed(analysis, options, call) : conversionIn(proven);
  if (converted.outcome === "diagnosed") return diagnosis(converted.analysis, converted.reasons);
  const isDry = options.dryRun === true;
  if (options.planOut !== undefined) await writePlan(options.planOut, converted.plan, converted.analysis);
  const reconversion = destination && mergeInto(destination, converted.project);
  if (proven?.outcome === "converted") checkUnedited(proven.standing, reconversion);
  if (proven?.outcome === "converted" && proven.page !== undefined && options.report !== undefined)
    await writeOutput(options.report, proven.page);
  if (!isDry) {
    if (reconversion === undefined) await writeProject(converted.project, options.output, { force: true });
    else await writeReconversion(reconversion, options.output);
  }
  const answer = answerOf(converted, shownPath(options.output), isDry);
  const told =
    destination === undefined || reconversion === undefined
      ? answer
      : withReconversion(
          answer,
          { ...reconversion, undefined: undefinedAfter(reconversion, destination, await pythonParser()) },
          isDry,
        );
  if (proven?.outcome === "conflicts") return unproven(told);
  return proven?.outcome === "converted" ? withProof(told, proven) : told;
}

async function provenConversion(analysis: Analysis, options: ConversionOptions, call: Call) {
  if (options.lock === false) {
    throw new ProblemError({
      id: "RP141",
      message: "--prove and --no-lock do not go together: the proof runs in the environment of the lock",
      mend: "Leave one of them out.",
    });
  }
  const { convertProven } = await import("./convert-proven.ts");
  return convertProven(analysis, options, call);
}

function conversionIn(proven: ProvenConversion | UnprovenConversion | Diagnosis): Conversion | Diagnosis {
  return proven.outcome === "diagnosed" ? proven : proven.conversion;
}

/** With the proof, and what it changed; a project that is not proven is told so by the exit code. */
function withProof(answer: Answer, { refinements, verification }: ProvenConversion): Answer {
  const told = refinements.map(({ change, why }) => ({ why, change }));
  return {
    exit: Math.max(proofExit(verification), answer.exit),
    json: { ...answer.json, ...{ proof: verification, refinements: told } },
    text: () =>
      [
        ...told.map(({ change, why }) => `${color.yellow("refined")} ${change}: ${why}`),
        verificationText(verification),
        "",
        answer.text(),
      ].join("\n"),
  };
}

/** The notebook's folder, seen from the project's; nothing for one that has none here. */
export function dataFolderOf(notebook: string, project: string): Pick<ConversionOptions, "dataFolder"> {
  if (isWithoutFolder(notebook)) return {};
  return { dataFolder: relative(resolve(project), folderOf(notebook)).replaceAll("\\", "/") || "." };
}

/** The project of an analysed notebook, or why there is none; nothing is written. */
export async function convertAnalysed(
  analysis: Analysis,
  options: ConversionOptions,
  call: Call,
): Promise<Conversion | Diagnosis> {
  const first = planOf(analysis, options);
  if (first.outcome === "diagnosed") return { ...first, analysis };
  const alsoNeeded = projectRequirements(first.plan, analysis, options.dataChecks);
  if (options.lock === false) {
    const unlocked = await withoutLock(analysis, alsoNeeded, options.python);
    return projectOf(analysis, first.plan, unlocked, settingsOf(options), options, call);
  }
  const { environment, request } = await lockFor(analysis, { ...options, alsoNeeded }, call);
  // What pandas 3 copies, pandas 2 shares: the plan can be better once the versions are known.
  const exact = withVersions(analysis, importVersions(analysis.document, environment));
  const planned = planOf(exact, options);
  if (planned.outcome === "diagnosed") return { ...planned, analysis: exact };
  return {
    ...(await projectOf(
      exact,
      planned.plan,
      withCarriedWheels(environment),
      settingsOf(options, request),
      options,
      call,
    )),
    environment,
  };
}

/** What the project needs, by name; nothing is resolved and no Python is asked. */
async function withoutLock(analysis: Analysis, alsoNeeded: readonly string[], wanted: string | undefined) {
  const { notebook, document } = analysis;
  const recorded = recordedPython(notebook.languageVersion);
  const python = wanted ?? (recorded !== undefined && isSupported(recorded) ? recorded : "3.11");
  const asked = await requestFor(notebook, document, { python, alsoNeeded });
  return {
    python,
    direct: asked.kind === "locked" ? asked.environment.direct : asked.request.requirements,
  };
}

/** The plan of a notebook, or why there is none. */
function planOf(analysis: Analysis, options: ConversionOptions): Planned {
  if (options.planFile !== undefined) {
    const followed = followPlan(options.planFile, analysis);
    if ("problem" in followed) throw followed.problem;
    return { outcome: "planned", plan: followed.plan };
  }
  return planPipeline(analysis, {
    ...(options.package === undefined ? {} : { package: options.package }),
    ...(options.stages === undefined ? {} : { stages: options.stages }),
    ...options.refined,
  });
}

/** The same conversion, with what running showed of its values. */
export async function withObservation(
  conversion: Conversion,
  observation: ProjectObservation,
  options: ConversionOptions,
  call: Call,
): Promise<Conversion> {
  const { analysis, plan, environment, project } = conversion;
  const known = environment === undefined ? { python: project.python, direct: [] } : withCarriedWheels(environment);
  const settings = settingsOf(options, conversion.request);
  return { ...conversion, ...(await projectOf(analysis, plan, known, settings, { ...options, observation }, call)) };
}

async function projectOf(
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
  const plan = { ...planned, notes: [...new Set([...planned.notes, ...(local?.leftBehind ?? [])])] };
  const generated = await generateProject({
    plan,
    analysis,
    templates,
    formatter: options.formatter ?? createPythonFormatter(),
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

/** The modules beside the notebook that it imports; nothing for a notebook from standard input. */
async function localModulesOf({ notebook, document }: Analysis): Promise<LocalModules | undefined> {
  if (isWithoutFolder(notebook.path)) return undefined;
  return readLocalModules(document, folderOf(notebook.path), await pythonParser());
}
