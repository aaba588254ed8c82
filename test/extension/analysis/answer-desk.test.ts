import assert from "node:assert/strict";
import { test } from "node:test";
import { createPythonParser } from "../../../core/src/index.ts";
import { loadGrammar } from "../../../core/src/node.ts";
import { AnswerDesk } from "../../../extension/src/analysis/answer-desk.ts";

const desk = new AnswerDesk(await createPythonParser(loadGrammar()));
const choice = { ignore: [], minimum: "info" } as const;

function notebook(...sources: readonly string[]) {
  const cells = sources.map((source, at) => {
    const code = { cell_type: "code", execution_count: null, outputs: [] };
    return { ...code, id: `c${at}`, metadata: {}, source };
  });
  return { key: "a", path: "a.ipynb", text: JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }) };
}

test("each finding has what mends it, in the order of the findings", () => {
  const open = notebook("print(total)", "total = sum([1, 2])", "np.zeros(total)", "import random\nrandom.random()");
  const findings = desk.answer({ kind: "findings", notebook: open, asked: choice });
  const fixes = desk.answer({ kind: "fixes", notebook: open, asked: choice });
  const told = findings.map(({ rule, cell }, at) => ({ rule, cell, fixes: fixes[at]?.map(({ id }) => id) }));
  assert.deepEqual(told, [
    { rule: "NB102", cell: 0, fixes: ["order-cells"] },
    { rule: "NB101", cell: 2, fixes: ["add-import"] },
    { rule: "NB201", cell: 3, fixes: ["seed-stream"] },
  ]);
});

test("a cell that stands too low can be put where it is needed", () => {
  const open = notebook("import math", "print(total)", "math.sqrt(4)", "total = 3");
  const [fixes] = desk.answer({ kind: "fixes", notebook: open, asked: choice });
  assert.deepEqual(fixes?.[0]?.cells, [{ kind: "order", order: [0, 3, 1, 2] }]);
});

test("what the settings leave out has no fixes either", () => {
  const open = notebook("print(total)", "total = 3", "np.zeros(total)");
  const asked = { ...choice, ignore: ["NB102"] };
  assert.equal(desk.answer({ kind: "findings", notebook: open, asked }).length, 1);
  assert.equal(desk.answer({ kind: "fixes", notebook: open, asked }).length, 1);
});
