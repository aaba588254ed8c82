import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";

const parser = await createPythonParser(loadGrammar());

/** The statements left out of a notebook whose first cell raised at a line, as the notebook expects. */
function leftOut(source: string, line: number): readonly string[] {
  const error = {
    output_type: "error",
    ename: "KeyError",
    evalue: "'y'",
    traceback: [`Cell In[1], line ${line}\n----> ${line} ${source.split("\n")[line - 1]}`],
  };
  const cells = [
    { cell_type: "code", execution_count: 1, metadata: { tags: ["raises-exception"] }, outputs: [error], source },
    { cell_type: "code", execution_count: 2, metadata: {}, outputs: [], source: "print(d)" },
  ];
  const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 });
  const planned = planPipeline(analyseNotebook(readNotebook(text, "lesson.ipynb"), parser));
  assert.equal(planned.outcome, "planned");
  return planned.outcome === "planned" ? planned.plan.leftOut.map(({ statement }) => statement) : [];
}

test("what ran before an expected error stays; the statement that raised and those behind it are left out", () => {
  assert.deepEqual(leftOut("d = {'x': 1}\nd['n'] = 2\nd['y']\nd['m'] = 3", 3), ["0.2", "0.3"]);
});

test("an import that failed is left out, unless it may have bound a name before it failed", () => {
  assert.deepEqual(leftOut("d = {}\nimport outlandish\nd['y'] = 1", 2), ["0.1", "0.2"]);
  assert.deepEqual(leftOut("d = {}\nimport os, outlandish", 2), []);
});

test("a statement that may have done a part of its work before it raised stays", () => {
  assert.deepEqual(leftOut("d = {}\nfor k in 'ab':\n    d[k] = 1\n    d['y']", 4), []);
  assert.deepEqual(leftOut("d = {}\nd.update(x=1).y", 2), []);
});
