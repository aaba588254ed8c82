import { fileName } from "../../text/file-name.ts";
import type { ProjectContext } from "../context.ts";
import { parametersOf, parametersYaml } from "../modules/parameters-view.ts";
import { hasSettings } from "../modules/settings-module.ts";
import type { StageInterface } from "../modules/stage-interface.ts";
import type { Templates } from "../project.ts";
import type { ProjectInput } from "../project-input.ts";
import { lineLength, lintRules } from "../python-style.ts";
import { render } from "../render.ts";
import { type ProjectParts, requirementsOf } from "../requirements.ts";
import { testModules } from "../tests/test-files.ts";
import { dataSheetView } from "./data-sheet.ts";
import { modelCardView } from "./model-card.ts";
import { badgeFile, proofBadge } from "./proof-record.ts";
import { readmeView } from "./readme-view.ts";

/** The uv that installs the lock in the container. */
const uvVersion = "0.13.8";

const list = (items: Iterable<string>) => [...items].map((item) => JSON.stringify(item)).join(", ");

/** What the frame has to know of the files inside it. */
export interface FrameFacts {
  /** `3.11`. */
  readonly python: string;
  /** Paths below `src` of modules that the author wrote and the project brings along as they are. */
  readonly brought: readonly string[];
}

/** What the templates of the frame are filled in with. */
export type FrameView = ReturnType<typeof frameView>;

/** The first name of a module's file: `helpers` for `helpers/metrics.py`. */
export function moduleOf(path: string): string {
  return path.replace(/\.py$/, "").split("/", 1)[0] as string;
}

/** What the templates of the frame have in common; `broken` is known only when everything is formatted. */
export function frameView(
  context: ProjectContext,
  stages: readonly StageInterface[],
  parts: ProjectParts,
  { python, brought }: FrameFacts,
  { environment, dataFolder, localData }: ProjectInput,
) {
  const { plan } = context;
  const distribution = plan.package.replaceAll("_", "-");
  const named = new Set((environment?.direct ?? []).map(distributionOf));
  const missing = requirementsOf(parts).filter((name) => !named.has(name));
  const dependencies = [...new Set([...(environment?.direct ?? []), ...missing])].sort();
  return {
    package: plan.package,
    prefix: plan.package.toUpperCase(),
    distribution,
    description: JSON.stringify(plan.notebook.title),
    title: plan.notebook.title,
    notebook: fileName(plan.notebook.path),
    python,
    locked: environment?.lock !== undefined,
    localFiles: (environment?.localFiles?.size ?? 0) > 0,
    dependencies,
    requirements: dependencies.map((each) => JSON.stringify(each)).join(" "),
    lineLength,
    uvVersion,
    dataFolder,
    rules: list(lintRules),
    firstParty: list([plan.package, ...testModules, ...new Set(brought.map(moduleOf))].sort()),
    brought: list([...new Set(brought.map((path) => `src/${path.split("/", 1)[0]}`))].sort()),
    broughtModules: list([...new Set(brought.map(moduleOf))].sort().flatMap((name) => [name, `${name}.*`])),
    singleModules: list(brought.filter((path) => !path.includes("/")).map(moduleOf)),
    packagesWithData: [
      ...new Set([...(localData ?? new Map()).keys()].filter((path) => path.includes("/")).map(moduleOf)),
    ],
    untyped: list(
      [
        ...stages.map(({ stage }) => stage.name),
        ...plan.modules.map(({ name }) => name),
        ...(hasSettings(context) ? ["settings"] : []),
      ].map((name) => `${plan.package}.${name}`),
    ),
  };
}

/** `pyproject.toml`. `broken`: the lint rules that the author's code breaks, by the path of the file. */
export function configurationFile(
  view: FrameView,
  broken: ReadonlyMap<string, readonly string[]>,
  templates: Templates,
): string {
  const exceptions = [...broken].map(([path, rules]) => ({ path: JSON.stringify(path), rules: list(rules) }));
  return render(templates, "project/pyproject.toml.hbs", { ...view, broken: exceptions });
}

/** The other files around the package: how it is installed, packed, explained. `modules`: the names of the files in it. */
export function frameFiles(
  context: ProjectContext,
  stages: readonly StageInterface[],
  view: FrameView,
  modules: ReadonlySet<string>,
  { environment, templates, findings, dataFacts }: ProjectInput,
): ReadonlyMap<string, string> {
  const { plan } = context;
  const page = (path: string, template: string, more: object = {}) =>
    [path, render(templates, template, { ...view, ...more })] as const;
  const card = modelCardView(context, findings?.() ?? []);
  const sheet = dataSheetView(context, dataFacts ?? []);
  const cards = [...(card === undefined ? [] : ["MODEL_CARD.md"]), ...(sheet === undefined ? [] : ["DATA_SHEET.md"])];
  return new Map([
    ["params.yaml", parametersYaml(plan)],
    page("README.md", "project/README.md.hbs", {
      ...readmeView(context, stages, parametersOf(plan)),
      displays: modules.has("displays.py"),
      checks: modules.has("checks.py"),
      cards: cards.map((name) => `[${name}](${name})`).join(" and "),
    }),
    ...(card === undefined ? [] : [page("MODEL_CARD.md", "project/MODEL_CARD.md.hbs", card)]),
    ...(sheet === undefined ? [] : [page("DATA_SHEET.md", "project/DATA_SHEET.md.hbs", sheet)]),
    [badgeFile, proofBadge(undefined, templates)],
    page("Dockerfile", "docker/Dockerfile.hbs"),
    page(".dockerignore", "project/dockerignore.hbs"),
    page(".gitignore", "project/gitignore.hbs"),
    [".python-version", `${view.python}\n`],
    ...(environment?.lock === undefined ? [] : [["pylock.toml", environment.lock] as const]),
  ]);
}

/** `PyYAML==6.0.2; python_version > "3"` is about `pyyaml`. */
function distributionOf(requirement: string): string {
  const [name = ""] = /^[A-Za-z0-9._-]*/.exec(requirement.trim()) ?? [];
  return name.toLowerCase().replace(/[._-]+/g, "-");
}
