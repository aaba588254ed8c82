import assert from "node:assert/strict";
import { test } from "node:test";
import { mendNotebook } from "../../../core/src/fix/mend-notebook.ts";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import type { Notebook } from "../../../core/src/notebook/model.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { findings } from "../../../core/src/rules/index.ts";
import { notebookFromText } from "../rules/notebook-from-text.ts";

const parser = await createPythonParser(loadGrammar());

/** The mended cell, and what is still said of it. */
function mended(source: string): { readonly source: string | undefined; readonly rules: readonly string[] } {
  const analyse = (notebook: Notebook) => analyseNotebook(notebook, parser);
  const said = (notebook: Notebook) => findings(analyse(notebook)).findings.filter(({ rule }) => rule === "NB118");
  const { notebook } = mendNotebook({
    analysis: analyse(notebookFromText(`# %% In [1]\n${source}`, "indented.ipynb")),
    analyse,
    findings: ({ notebook }) => said(notebook),
  });
  return { source: notebook.cells[0]?.source, rules: said(notebook).map(({ rule }) => rule) };
}

/** What IPython 7.34 and 8.39 make of these cells (`TransformerManager.transform_cell`). */
const cells: readonly (readonly [written: string, read: string])[] = [
  [" def f(a):\n    return a\n\nprint(f(1))", "def f(a):\n   return a\n\nprint(f(1))"],
  ["  x = 1\n  y = 2\nz = 3", "x = 1\ny = 2\nz = 3"],
  ["\t\tx = 1\ny = 2", "x = 1\ny = 2"],
];

for (const [written, read] of cells) {
  test(`a cell is read as IPython 8 read it: ${JSON.stringify(written)}`, () => {
    assert.deepEqual(mended(written), { source: read, rules: [] });
  });
}

test("what no IPython ever read stays", () => {
  assert.deepEqual(mended("x = 1\n  y = 2"), { source: "x = 1\n  y = 2", rules: ["NB118"] });
});
