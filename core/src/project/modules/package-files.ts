import type { PipelinePlan, Stage } from "../../plan/plan.ts";
import { fileName } from "../../text/file-name.ts";
import type { ProjectContext } from "../context.ts";
import { docstringText } from "../docstring.ts";
import type { Templates } from "../project.ts";
import type { ProjectInput } from "../project-input.ts";
import { render } from "../render.ts";
import type { ProjectParts } from "../requirements.ts";
import { checksView } from "./checks-view.ts";
import type { CheckedTable } from "./data-checks.ts";
import { definitionModule } from "./definition-module.ts";
import { inputsView } from "./inputs-view.ts";
import { mainView } from "./main-view.ts";
import { parametersView } from "./parameters-view.ts";
import { seedsView } from "./seeds-view.ts";
import { hasSettings, settingsModule } from "./settings-module.ts";
import type { StageModule } from "./stage-module.ts";

/** The modules of the package, not yet formatted, by path below the project's folder. */
export function packageFiles(
  context: ProjectContext,
  stages: readonly StageModule[],
  parts: ProjectParts,
  tables: readonly CheckedTable[],
  { templates, dataFolder, dataFacts }: ProjectInput,
): ReadonlyMap<string, string> {
  const { plan } = context;
  const modules = plan.modules.map((module) => [`${module.name}.py`, definitionModule(context, module)] as const);
  const shapes = stages.map((stage) => stage.interface);
  const page = (name: string, view: object) =>
    [`${name}.py`, render(templates, `project/package/${name}.py.hbs`, view)] as const;
  const inputs = inputsView(context, dataFacts ?? []);
  const isRandom = plan.seeding.seeded.length + plan.seeding.carried.length > 0;
  const texts = [...stages.map(({ text }) => text), ...modules.map(([, text]) => text)];
  const displays = texts.some((text) => /^from \.displays import/m.test(text));
  const screen = displays && parts.figures && context.analysis.ownModules?.showing === true;
  const settings = settingsModule(context, screen);
  const files = [
    page("__init__", {
      title: docstringText(plan.notebook.title).replace(/[^.!?]$/, "$&."),
      notebook: docstringText(fileName(plan.notebook.path)),
    }),
    page("__main__", {
      ...mainView(context, shapes, tables, {
        settings: hasSettings(context),
        settingsUseParams: settings.usesParams,
        displays,
      }),
      ...(dataFolder && { dataFolder: JSON.stringify(dataFolder) }),
      inputs: inputs !== undefined,
    }),
    page("params", parametersView(plan)),
    page("provenance", { notebook: fileName(plan.notebook.path).replaceAll(/["\\{}]/g, "") }),
    ...(hasSettings(context) ? [["settings.py", settings.text] as const] : []),
    ...(isRandom ? [page("seeds", seedsView(plan))] : []),
    ...(displays ? [page("displays", { ...parts, openFigures: context.openFigures.size > 0 })] : []),
    ...(screen ? [page("screen", {})] : []),
    ...(inputs === undefined ? [] : [page("inputs", inputs)]),
    ...(tables.length > 0 ? [["checks.py", checksModule(tables, plan, parts, templates)] as const] : []),
    page("artifacts", { package: plan.package, has: parts, groups: parts.groups }),
    ...stages.map(({ text, interface: { stage } }) => [`${stage.name}.py`, text] as const),
    ...modules,
  ];
  return new Map(files.map(([name, text]) => [`src/${plan.package}/${name}`, text]));
}

function checksModule(
  tables: readonly CheckedTable[],
  plan: PipelinePlan,
  { pandera }: ProjectParts,
  templates: Templates,
): string {
  const template = `project/package/${pandera ? "checks_pandera" : "checks"}.py.hbs`;
  return render(templates, template, checksView(tables, plan.package));
}

/** Where the module of a stage lies, below the project's folder. */
export function stageFile(plan: PipelinePlan, stage: Stage): string {
  return `src/${plan.package}/${stage.name}.py`;
}
