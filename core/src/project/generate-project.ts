import { writtenModules } from "../plan/definitions/written-modules.ts";
import type { PipelinePlan } from "../plan/plan.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { Finding } from "../rules/finding.ts";
import { type ProjectContext, projectContext } from "./context.ts";
import { checkedTables, type DataChecks } from "./modules/data-checks.ts";
import { packageFiles, stageFile } from "./modules/package-files.ts";
import { stageModule } from "./modules/stage-module.ts";
import type { ProjectObservation } from "./observation.ts";
import { lineOrigins } from "./origin-marks.ts";
import type { DataFileFacts } from "./pages/data-facts.ts";
import { frameFiles, moduleOf } from "./pages/frame-files.ts";
import type { FormattedPython, Project, ProjectFile, PythonFormatter, Templates } from "./project.ts";
import { projectManifest } from "./project-manifest.ts";
import { projectStages } from "./project-stages.ts";
import { projectParts, requirementsOf } from "./requirements.ts";
import { recordedFile } from "./tests/recorded-values.ts";
import { recordedValues, testFiles, testModules } from "./tests/test-files.ts";

export interface ProjectInput {
  readonly plan: PipelinePlan;
  readonly analysis: Analysis;
  readonly templates: Templates;
  readonly formatter: PythonFormatter;
  readonly environment?: ProjectEnvironment;
  /** Python to write for where there is no environment; 3.11 where it is absent. */
  readonly python?: string;
  /** The notebook's folder seen from the project's, such as `..`: where its relative paths start from. */
  readonly dataFolder?: string;
  /** Modules beside the notebook that it imports: texts by path below its folder. They go into the project unchanged. */
  readonly localModules?: ReadonlyMap<string, string>;
  /** Files that these read from where they lie: by path below the same folder, where they are here. */
  readonly localData?: ReadonlyMap<string, string>;
  /** What running showed, where an earlier project of this plan was proven. */
  readonly observation?: ProjectObservation;
  /** What the rules say of the notebook; asked for late, while the formatter is at work. */
  readonly findings?: () => readonly Finding[];
  /** What is known of the files that the notebook reads. */
  readonly dataFacts?: readonly DataFileFacts[];
  /** `plain` where it is absent. */
  readonly dataChecks?: DataChecks;
}

/** What a project has to know of its environment. */
export interface ProjectEnvironment {
  /** `3.11`. */
  readonly python: string;
  /** The text of pylock.toml; absent where nothing was locked. */
  readonly lock?: string;
  /** What the project depends on directly: `pandas==3.1.1`, or without a version where nothing was locked. */
  readonly direct: readonly string[];
  /** Files of this machine that the lock names: by path below the project's folder, where they lie here. */
  readonly localFiles?: ReadonlyMap<string, string>;
}

/**
 * The files of a project that computes what the notebook computes. Throws ProblemError (RP125, RP126) for a plan that
 * does not fit the notebook, and for commands of IPython that mean nothing outside of it; the promise is rejected then.
 */
export async function generateProject(input: ProjectInput): Promise<Project> {
  const context = projectContext(input.plan, input.analysis, input.observation);
  const parts = projectParts(context, input.dataChecks);
  const tables = input.dataChecks === "none" ? [] : checkedTables(context);
  const brought = broughtModules(context, input.localModules);
  const settings = {
    firstParty: input.plan.package,
    localModules: [...new Set([...[...brought.keys()].map(moduleOf), ...testModules])].sort(),
    python: input.environment?.python ?? input.python ?? "3.11",
  };
  const finishing = new Map<string, Promise<FormattedPython>>();
  const finish = (path: string, draft: string) => {
    const finished = finishing.get(path) ?? input.formatter.format(draft, settings);
    finishing.set(path, finished);
    return finished;
  };
  const stages = input.plan.stages.map((stage) => {
    const module = stageModule(context, stage);
    // A formatter in a thread of its own is at work while the next one is made; what it throws is met further down.
    finish(stageFile(input.plan, stage), module.text).catch(() => undefined);
    return module;
  });
  const shapes = stages.map((stage) => stage.interface);
  const files = new Map<string, ProjectFile>();
  const broken = new Map<string, readonly string[]>();
  const drafts = [
    ...packageFiles(context, stages, parts, tables, input),
    ...testFiles(context, shapes, parts, tables, input.templates),
  ];
  const formatted = drafts.map(async ([path, draft]) => [path, await finish(path, draft)] as const);
  for (const [path, { text, statements, brokenRules }] of await Promise.all(formatted)) {
    const origins = lineOrigins(text, statements, context);
    if (origins.length > 0 && brokenRules.length > 0) broken.set(path, brokenRules);
    files.set(path, { text, origins });
  }
  for (const [path, text] of brought) files.set(`src/${path}`, { text, origins: [] });
  const frame = { broken, python: settings.python, brought: [...brought.keys()], modules: modulesIn(files) };
  for (const [path, text] of frameFiles(context, shapes, parts, frame, input)) {
    files.set(path, { text, origins: [] });
  }
  files.set(recordedFile, { text: recordedValues(context, shapes), origins: [] });
  files.set("reprise.json", { text: projectManifest(context, files, input.dataFacts), origins: [] });
  const described = projectStages(context, shapes, files, input.dataFolder);
  return {
    package: input.plan.package,
    python: settings.python,
    files,
    copies: new Map([
      ...(input.environment?.localFiles ?? []),
      ...[...(input.localData ?? [])].map(([path, here]) => [`src/${path}`, here] as const),
    ]),
    stages: described,
  };
}

/** The names of the package's files. */
function modulesIn(files: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  return new Set([...files.keys()].map((path) => path.split("/").at(-1) ?? path));
}

/** What the notebook imports from its own folder, and from modules that its cells write. */
function broughtModules(
  { dataflow }: ProjectContext,
  local: ReadonlyMap<string, string> | undefined,
): ReadonlyMap<string, string> {
  const written = [...writtenModules(dataflow).values()].map(({ path, text }) => [path, text] as const);
  return new Map([...(local ?? []), ...written]);
}

/**
 * The distributions that the project's own code imports beside what the notebook imports (`pyyaml`, `pyarrow` ...): to
 * be resolved and locked with the notebook's.
 */
export function projectRequirements(plan: PipelinePlan, analysis: Analysis, checks?: DataChecks): readonly string[] {
  return requirementsOf(projectParts(projectContext(plan, analysis), checks));
}
