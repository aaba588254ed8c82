import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";

const parser = await createPythonParser(loadGrammar());

interface Planned {
  readonly leftOut: readonly string[];
  readonly notes: readonly string[];
}

/** What becomes of a notebook whose first cell raised at a line, or at one that nothing tells; `before` and `later` ran around it. */
function planned(
  source: string,
  line: number | undefined,
  { name = "KeyError", tags = [] as readonly string[], before = "d = {}\nm = []", later = "print(d)" } = {},
): Planned {
  const traceback =
    line === undefined ? [] : [`Cell In[1], line ${line}\n----> ${line} ${source.split("\n")[line - 1]}`];
  const error = { output_type: "error", ename: name, evalue: "'y'", traceback };
  const cells = [
    { cell_type: "code", execution_count: 1, metadata: {}, outputs: [], source: before },
    { cell_type: "code", execution_count: 2, metadata: { tags }, outputs: [error], source },
    { cell_type: "code", execution_count: 3, metadata: {}, outputs: [], source: later },
  ];
  const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 });
  const made = planPipeline(analyseNotebook(readNotebook(text, "lesson.ipynb"), parser));
  assert.equal(made.outcome, "planned");
  if (made.outcome !== "planned") return { leftOut: [], notes: [] };
  return { leftOut: made.plan.leftOut.map(({ statement }) => statement), notes: made.plan.notes };
}

const meant = { tags: ["raises-exception"], before: "m = []" };

function leftOut(source: string, line: number): readonly string[] {
  return planned(source, line, meant).leftOut;
}

test("what ran before an expected error stays; the statement that raised and those behind it are left out", () => {
  assert.deepEqual(leftOut("d = {'x': 1}\nd['n'] = 2\nd['y']\nd['m'] = 3", 3), ["1.2", "1.3"]);
});

test("an import that failed is left out, unless it may have bound a name before it failed", () => {
  assert.deepEqual(leftOut("d = {}\nimport outlandish\nd['y'] = 1", 2), ["1.1", "1.2"]);
  assert.deepEqual(leftOut("d = {}\nimport os, outlandish", 2), []);
});

test("a statement that may have done a part of its work before it raised stays", () => {
  assert.deepEqual(leftOut("d = {}\nfor k in 'ab':\n    d[k] = 1\n    d['y']", 4), []);
  assert.deepEqual(leftOut("d = {}\nd.update(x=1).y", 2), []);
});

test("of a cell that failed, what it did before that stays where later cells need it", () => {
  const { leftOut, notes } = planned("d['x'] = 1\nd['y']\nd['z'] = 2", 2);
  assert.deepEqual(leftOut, ["1.1", "1.2"]);
  assert.deepEqual(notes, [
    "Cell 1 stays up to where it failed in the saved notebook: later cells need what it did until then.",
  ]);
});

test("what it binds anew before it failed counts, and what no cell needs does not", () => {
  assert.deepEqual(planned("d = {'x': 1}\nd['y']", 2).leftOut, ["1.1"]);
  assert.deepEqual(planned("import os\nd['y']", 2, { later: "print(d, os.name)" }).leftOut, ["1.1"]);
  assert.deepEqual(planned("m.append(1)\nd['y']", 2).leftOut, ["1.0", "1.1"]);
});

test("a part of a statement's work is told to be lost", () => {
  const { leftOut, notes } = planned("d['x'] = 1\nfor k in 'ab':\n    d[k] = d['y']", 3);
  assert.deepEqual(leftOut, ["1.1"]);
  assert.match(notes.join(), /What the statement that failed had done by then is not in the pipeline/);
});

test("where nothing tells how far it came, the cell is left out, and what that may lose is told", () => {
  const { leftOut, notes } = planned("d['x'] = 1\nd['y']", undefined);
  assert.deepEqual(leftOut, ["1.0", "1.1"]);
  assert.match(notes.join(), /Cell 2 uses d: whether the cell changed it before it failed, nothing tells/);
  const edited = planned("d['x'] = 1\nd['y']", undefined, { later: "print(m)" });
  assert.deepEqual(edited.notes, []);
});

test("a statement that failed at once has bound nothing, and nothing is told to be lost", () => {
  const { leftOut, notes } = planned("d = d.frobnicate()\nd", 1);
  assert.deepEqual(leftOut, ["1.0", "1.1"]);
  assert.deepEqual(notes, []);
});

test("a cell that a person interrupted stays where later cells need what it does", () => {
  const source = "for k in 'ab':\n    d[k] = 1";
  const { leftOut, notes } = planned(source, 2, { name: "KeyboardInterrupt" });
  assert.deepEqual(leftOut, []);
  assert.match(notes.join(), /Cell 1 stays, although it was interrupted/);
  assert.deepEqual(planned(source, 2, { name: "KeyboardInterrupt", later: "print(m)" }).leftOut, ["1.0"]);
});

/** What becomes of a cell that is meant to fail, in a notebook that was saved without its outputs. */
function unsaved(source: string): Planned {
  const cell = (text: string, tags: readonly string[] = []) => ({
    cell_type: "code",
    execution_count: null,
    metadata: { tags },
    outputs: [],
    source: text,
  });
  const cells = [cell("d = {}"), cell(source, meant.tags), cell("print(d)")];
  const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 });
  const made = planPipeline(analyseNotebook(readNotebook(text, "lesson.ipynb"), parser));
  assert.equal(made.outcome, "planned");
  if (made.outcome !== "planned") return { leftOut: [], notes: [] };
  return { leftOut: made.plan.leftOut.map(({ statement }) => statement), notes: made.plan.notes };
}

test("a cell that raises on purpose does what stands before that, also where its error was not saved", () => {
  assert.deepEqual(unsaved("d['x'] = 1\nraise ValueError('no')\nd['z'] = 2"), { leftOut: ["1.1", "1.2"], notes: [] });
  assert.deepEqual(unsaved("d['x'] = 1\nassert False, 'no'"), { leftOut: ["1.1"], notes: [] });
});

test("where nothing tells at which statement a cell is meant to fail, that is said", () => {
  const { leftOut, notes } = unsaved("d['x'] = 1\nif d:\n    raise ValueError('no')\nd['z'] = 2");
  assert.deepEqual(leftOut, []);
  assert.deepEqual(notes.length, 1);
  assert.match(notes[0] ?? "", /^Cell 1 is tagged raises-exception, and no error of it is saved/);
});
