import { analyseDataflow } from "../dataflow/analyse.ts";
import type { ParsedCell } from "../dataflow/model.ts";
import type { World } from "../dataflow/world.ts";
import type { LibraryVersions } from "../effects/version-range.ts";
import type { ReadProjectFile } from "../inclusion/inclusion.ts";
import { OwnModules } from "../inclusion/own-modules.ts";
import { readCell } from "../inclusion/read-cell.ts";
import { withWrittenFiles } from "../inclusion/written-files.ts";
import { wordsOf } from "../ipython/words.ts";
import type { Notebook } from "../notebook/model.ts";
import { recordedOrder } from "../orders/recorded-order.ts";
import type { PythonParser } from "../python/ast.ts";
import type { Analysis } from "./analysis.ts";

/**
 * Analyses a notebook in the document's order and, where its counts tell of another, in the recorded one. `readFile` reads
 * the files that it runs; without it, these are taken to bind and change anything.
 */
export function analyseNotebook(notebook: Notebook, parser: PythonParser, readFile?: ReadProjectFile): Analysis {
  const codeCells = notebook.cells.filter((cell) => cell.kind === "code");
  const read = readFile && withWrittenFiles(codeCells, readFile);
  const words = wordsOf(codeCells.map(({ source }) => source));
  const cells = codeCells.map((cell) => ({ cell, ...readCell(cell.source, cell.index, parser, read, words) }));
  const ownModules = read && new OwnModules(parser, read, cells);
  return { notebook, ...inBothOrders(notebook, cells, { ownModules }) };
}

/** The same analysis for known versions of libraries, by import name: worst cases need not be assumed for them. */
export function withVersions(analysis: Analysis, versions: LibraryVersions): Analysis {
  const { notebook, document } = analysis;
  return { ...analysis, versions, ...inBothOrders(notebook, document.cells, { ...document.world, versions }) };
}

function inBothOrders(notebook: Notebook, cells: readonly ParsedCell[], world: World) {
  const order = recordedOrder(notebook);
  return {
    document: analyseDataflow(cells, world),
    ...(order === undefined ? {} : { recorded: analyseDataflow(cells, { ...world, order }) }),
  };
}
