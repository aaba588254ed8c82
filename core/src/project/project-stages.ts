import type { ProjectContext } from "./context.ts";
import { dataFilesOf } from "./data-files.ts";
import { parametersOf } from "./modules/parameters-view.ts";
import type { StageInterface } from "./modules/stage-interface.ts";
import type { ProjectFile, ProjectStage } from "./project.ts";

/** What schedulers have to know of each stage, read from its finished code. */
export function projectStages(
  context: ProjectContext,
  stages: readonly StageInterface[],
  files: ReadonlyMap<string, ProjectFile>,
  dataFolder: string | undefined,
): readonly ProjectStage[] {
  const { plan } = context;
  const folder = `src/${plan.package}`;
  const others = new Set(stages.map(({ stage }) => `${folder}/${stage.name}.py`));
  // What `__main__` imports for every stage, whichever it runs.
  const shared = modulesBehind(`${folder}/__main__.py`, files, (path) => others.has(path));
  const names = parametersOf(plan).map(({ name }) => name);
  return stages.map((shape) => {
    const { stage } = shape;
    const own = modulesBehind(`${folder}/${stage.name}.py`, files, () => false);
    const code = [...new Set([`${folder}/__init__.py`, ...own, ...shared])].sort();
    const read = readParameters([...own, `${folder}/settings.py`], shape.params, files);
    if (plan.seeding.seeded.length > 0) read.add("seed");
    const { carried } = plan.seeding;
    const streamsFrom = carried.filter(({ to }) => to.includes(stage.name)).map(({ from }) => from);
    return {
      name: stage.name,
      title: stage.title,
      function: `${plan.package}.${stage.name}:${shape.function}`,
      needs: [...new Set([...stage.inputs.map(({ from }) => from), ...streamsFrom, ...(stage.after ?? [])])],
      parameters: names.filter((name) => read.has(name)),
      metrics: shape.metrics,
      code,
      data: dataFilesOf(context, stage).map((file) => (dataFolder === undefined ? file : joined(dataFolder, file))),
    };
  });
}

/** A module and all that it imports from the package, itself first. */
function modulesBehind(
  path: string,
  files: ReadonlyMap<string, ProjectFile>,
  isLeftOut: (path: string) => boolean,
): readonly string[] {
  const found = new Set([path]);
  for (const module of found) {
    const folder = module.slice(0, module.lastIndexOf("/"));
    for (const [, from, name] of files.get(module)?.text.matchAll(/^\s*from \.(\w*) import ([\p{L}\p{M}\p{N}_]+)/gmu) ??
      []) {
      const imported = `${folder}/${from === "" ? name : from}.py`;
      if (files.has(imported) && !isLeftOut(imported)) found.add(imported);
    }
  }
  return [...found];
}

function readParameters(
  modules: readonly string[],
  params: string,
  files: ReadonlyMap<string, ProjectFile>,
): Set<string> {
  const texts = modules.map((module) => files.get(module)?.text ?? "");
  const reads = texts.flatMap((text) => [
    ...text.matchAll(new RegExp(`\\b(?:${params}|params)\\.([\\p{L}\\p{M}\\p{N}_]+)`, "gu")),
  ]);
  return new Set(reads.map(([, name]) => name as string));
}

function joined(folder: string, file: string): string {
  if (file.startsWith("/") || /^[A-Za-z]:/.test(file)) return file;
  const parts: string[] = [];
  for (const part of `${folder}/${file}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}
