import { writtenModules } from "../plan/definitions/written-modules.ts";
import type { PipelinePlan } from "../plan/plan.ts";
import type { Analysis } from "../rules/analysis.ts";
import { fileName } from "../text/file-name.ts";
import { type ProjectContext, projectContext } from "./context.ts";
import { checkedTables, type DataChecks } from "./modules/data-checks.ts";
import { packageFiles, stageFile } from "./modules/package-files.ts";
import { stageModule } from "./modules/stage-module.ts";
import { lineOrigins } from "./origin-marks.ts";
import { configurationFile, frameFiles, frameView, moduleOf } from "./pages/frame-files.ts";
import type { FormattedPython, Project, ProjectFile } from "./project.ts";
import type { ProjectInput } from "./project-input.ts";
import { projectManifest } from "./project-manifest.ts";
import { projectStages } from "./project-stages.ts";
import { projectParts, requirementsOf } from "./requirements.ts";
import { recordedFile } from "./tests/recorded-values.ts";
import { recordedValues, testFiles, testModules } from "./tests/test-files.ts";

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
  const formatting = new Map<string, Promise<FormattedPython>>();
  const format = (path: string, draft: string) => {
    if (formatting.has(path)) return;
    const formatted = input.formatter.format(draft, settings);
    // A formatter in a process of its own is at work while the rest is made; what it throws is met where it is awaited.
    formatted.catch(() => undefined);
    formatting.set(path, formatted);
  };
  const stages = input.plan.stages.map((stage) => {
    const module = stageModule(context, stage);
    format(stageFile(input.plan, stage), module.text);
    return module;
  });
  const shapes = stages.map((stage) => stage.interface);
  const drafts = [
    ...packageFiles(context, stages, parts, tables, input),
    ...testFiles(context, shapes, parts, tables, input.templates),
  ];
  for (const [path, draft] of drafts) format(path, draft);
  const inside = [...drafts.map(([path]) => path), ...brought.keys()];
  const frame = frameView(context, shapes, parts, { python: settings.python, brought: [...brought.keys()] }, input);
  const around = frameFiles(context, shapes, frame, namesOf(inside), input);
  const files = new Map<string, ProjectFile>();
  const broken = new Map<string, readonly string[]>();
  for (const [path] of drafts) {
    const { text, statements, brokenRules } = (await formatting.get(path)) as FormattedPython;
    const origins = lineOrigins(text, statements, context);
    if (origins.length > 0 && brokenRules.length > 0) broken.set(path, brokenRules);
    files.set(path, { text, origins });
  }
  for (const [path, text] of brought) files.set(`src/${path}`, { text, origins: [] });
  files.set("pyproject.toml", { text: configurationFile(frame, broken, input.templates), origins: [] });
  for (const [path, text] of around) files.set(path, { text, origins: [] });
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

function namesOf(paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.map(fileName));
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
