import { analyseDataflow } from "../dataflow/analyse.ts";
import { recordedOrder } from "../dataflow/recorded-order.ts";
import { translateCell } from "../ipython/translate.ts";
import type { Notebook } from "../notebook/model.ts";
import type { PythonParser } from "../python/ast.ts";
import type { Analysis } from "./analysis.ts";

/** Analyses a notebook in the document's order and, where its counts tell of another, in the recorded one. */
export function analyseNotebook(notebook: Notebook, parser: PythonParser): Analysis {
  const cells = notebook.cells
    .filter((cell) => cell.kind === "code")
    .map((cell) => {
      const translation = translateCell(cell.source, cell.index);
      return { cell, translation, module: parser.parse(translation.python) };
    });
  const order = recordedOrder(notebook);
  return {
    notebook,
    document: analyseDataflow(cells),
    ...(order === undefined ? {} : { recorded: analyseDataflow(cells, { order }) }),
  };
}
