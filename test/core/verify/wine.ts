import { readFileSync } from "node:fs";
import { join } from "node:path";
import { analyseDataflow } from "../../../core/src/dataflow/analyse.ts";
import type { Dataflow } from "../../../core/src/dataflow/model.ts";
import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { foundEnvironment } from "../../../core/src/environment/python/interpreter.ts";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { translateCell } from "../../../core/src/ipython/translate.ts";
import type { Notebook } from "../../../core/src/notebook/model.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import type { PipelinePlan } from "../../../core/src/plan/plan.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import type { VerifyRequest } from "../../../core/src/verify/verify-request.ts";

export const wineFolder = join(import.meta.dirname, "fixtures", "wine");

export async function readSubject(
  folder: string,
): Promise<{ notebook: Notebook; plan: PipelinePlan; dataflow: Dataflow }> {
  const path = join(folder, "wine.ipynb");
  const notebook = readNotebook(readFileSync(path, "utf8"), path);
  const plan = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8")) as PipelinePlan;
  return { notebook, plan, dataflow: await dataflowOf(notebook) };
}

export async function dataflowOf(notebook: Notebook): Promise<Dataflow> {
  const parser = await createPythonParser(loadGrammar());
  const cells = notebook.cells.flatMap((cell) => {
    if (cell.kind !== "code") return [];
    const translation = translateCell(cell.source, cell.index);
    return [{ cell, translation, module: parser.parse(translation.python) }];
  });
  return analyseDataflow(cells);
}

/** What the tests ask for: the wine notebook against a project, in the environment of `python`. */
export async function wineRequest(
  python: string,
  projectFolder: string,
  workFolder: string,
): Promise<VerifyRequest & { [Symbol.asyncDispose](): Promise<void> }> {
  const engine = await localEngine({ environment: await foundEnvironment(python) });
  const subject = await readSubject(wineFolder);
  return {
    ...subject,
    projectFolder,
    workFolder,
    engine,
    rtol: 1e-9,
    atol: 0,
    runs: 2,
    [Symbol.asyncDispose]: () => engine.close(),
  };
}
