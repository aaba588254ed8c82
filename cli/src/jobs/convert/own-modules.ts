import type { Analysis, Notebook } from "@reprise/core";
import { drawingModules, type LocalModules, readLocalModules, showFigures, streamsDrawn } from "@reprise/core/node";
import { isWithoutFolder } from "../../input.ts";
import { pythonParser } from "../analysis.ts";
import { folderOf } from "../environment.ts";

/** A conversion asks more than once. */
const read = new WeakMap<Notebook, Promise<LocalModules>>();

/** The modules beside a notebook that it imports; nothing for a notebook from standard input. */
export async function localModulesOf({ notebook, document }: Analysis): Promise<LocalModules | undefined> {
  if (isWithoutFolder(notebook.path)) return undefined;
  let modules = read.get(notebook);
  if (modules === undefined) {
    modules = pythonParser().then((parser) => readLocalModules(document, folderOf(notebook.path), parser));
    read.set(notebook, modules);
  }
  return modules;
}

/** An analysis with what the modules of the notebook's own project say of it. */
export async function withOwnModules(analysis: Analysis): Promise<Analysis> {
  const local = await localModulesOf(analysis);
  if (local === undefined) return analysis;
  const { areComplete, cells, byName } = local;
  const drawing = drawingModules(byName);
  const showing = drawing.size > 0 && showFigures(cells);
  return { ...analysis, ownModules: { areComplete, draws: streamsDrawn(cells), drawing, showing } };
}
