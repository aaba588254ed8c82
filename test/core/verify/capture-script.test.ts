import assert from "node:assert/strict";
import { test } from "node:test";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import type { PipelinePlan } from "../../../core/src/plan/plan.ts";
import { type CaptureScript, captureScript } from "../../../core/src/verify/sides/capture-script.ts";
import { dataflowOf } from "./wine.ts";

/** The script for a notebook of these cells; `stages` gives the statements of each, and its outputs. */
async function script(
  cells: readonly string[],
  stages: Readonly<
    Record<string, { statements: readonly string[]; inputs?: readonly string[]; outputs?: readonly string[] }>
  >,
  saved: {
    readonly counts?: readonly (number | null)[];
    readonly leftOut?: readonly string[];
    readonly failed?: number;
  } = {},
): Promise<CaptureScript> {
  const content = {
    cells: cells.map((source, at) => {
      const outputs = saved.failed === at ? [{ output_type: "error", ename: "E", evalue: "", traceback: [] }] : [];
      return { cell_type: "code", metadata: {}, source, execution_count: saved.counts?.[at] ?? null, outputs };
    }),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 4,
  };
  const notebook = readNotebook(JSON.stringify(content), "made.ipynb");
  const plan = {
    stages: Object.entries(stages).map(([name, { statements, inputs = [], outputs = [] }]) => ({
      name,
      statements,
      inputs: inputs.map((input) => ({ name: input, from: "a" })),
      outputs,
    })),
    leftOut: (saved.leftOut ?? []).map((statement) => ({ statement, why: "" })),
  } as unknown as PipelinePlan;
  return captureScript(plan, await dataflowOf(notebook));
}

test("a stage is entered before its first statement and left after its last, inside a cell too", async () => {
  const { cells } = await script(["import math", "x = 1\ny = x + 1; z = y"], {
    a: { statements: ["1.0", "1.1"] },
    b: { statements: ["1.2"] },
  });
  assert.deepEqual(
    cells.map(({ before, marks, after }) => ({ before, marks, after })),
    [
      { before: [["enter", ""]], marks: [], after: [] },
      {
        before: [["enter", "a"]],
        marks: [
          {
            line: 2,
            nth: 1,
            actions: [
              ["leave", "a"],
              ["enter", "b"],
            ],
          },
        ],
        after: [["leave", "b"]],
      },
    ],
  );
});

test("a report between the statements of a stage runs where the notebook has it, and the stage goes on after it", async () => {
  const { cells } = await script(["x = 1\nprint(x)\nx = 2"], {
    a: { statements: ["0.0", "0.2"] },
    report: { statements: ["0.1"] },
  });
  assert.deepEqual(cells[0]?.marks, [
    { line: 2, nth: 0, actions: [["enter", "report"]] },
    {
      line: 3,
      nth: 0,
      actions: [
        ["leave", "report"],
        ["enter", "a"],
      ],
    },
  ]);
  assert.deepEqual(cells[0]?.after, [["leave", "a"]]);
});

test("the marks of a cell magic are for its body", async () => {
  const { cells } = await script(["%%time\nx = 1\ny = 2"], { a: { statements: ["0.0"] }, b: { statements: ["0.1"] } });
  assert.equal(cells[0]?.visitsBefore, 1);
  assert.deepEqual(cells[0]?.marks, [
    {
      line: 2,
      nth: 0,
      actions: [
        ["leave", "a"],
        ["enter", "b"],
      ],
    },
  ]);
});

test("what a stage binds, changes, hands on and is given is taken, with the cell that it comes from", async () => {
  const { names } = await script(["items = []\nfor i in range(3):\n    items.append(i)", "total = sum(items)"], {
    a: { statements: ["0.0", "0.1"], outputs: ["items"] },
    b: { statements: ["1.0"], inputs: ["items"] },
  });
  assert.deepEqual(Object.fromEntries(names), {
    a: [
      { name: "items", cell: 0, kind: "output" },
      { name: "i", cell: 0, kind: "variable" },
    ],
    b: [
      { name: "total", cell: 1, kind: "variable" },
      { name: "items", cell: 1, kind: "input" },
    ],
  });
});

test("a cell that the author's session did not run, and that the plan leaves out, is not run", async () => {
  const saved = { counts: [1, null, 2], leftOut: ["1.0", "2.0"] };
  const made = await script(["x = 1", "x = y", "%matplotlib inline"], { a: { statements: ["0.0"] } }, saved);
  assert.deepEqual(
    made.cells.map(({ cell }) => cell),
    [0, 2],
  );
});

test("a cell that failed ends before what failed in it, and what stands there leaves the stage before", async () => {
  const stages = { a: { statements: ["0.0", "1.0", "1.1"] } };
  const { cells } = await script(["x = {}", "x['a'] = 1\nx; x['b']\nx['c'] = 2"], stages, {
    counts: [1, 2],
    leftOut: ["1.2", "1.3"],
    failed: 1,
  });
  assert.equal(cells[1]?.source, "x['a'] = 1\nx; pass");
  assert.equal(cells[1]?.isCut, true);
  assert.deepEqual(cells[1]?.marks, [
    {
      line: 2,
      nth: 1,
      actions: [
        ["leave", "a"],
        ["enter", ""],
      ],
    },
  ]);
});

test("figures that a cell shows at its end are of the stage that drew them, whatever stage the cell ends in", async () => {
  const drawing = "import matplotlib.pyplot as plt";
  const { cells } = await script(
    [drawing, "plt.plot([1])\nx = 1", "plt.plot([2])\ndef f():\n    pass", "y = 1\nplt.plot([3])"],
    {
      a: { statements: ["1.1", "3.0"] },
      report: { statements: ["1.0", "2.0", "3.1"] },
    },
  );
  assert.deepEqual(
    cells.map(({ before, marks, after }) =>
      [...before, ...marks.flatMap(({ actions }) => actions), ...after].join(" "),
    ),
    [
      "enter,",
      "enter,report enter,a figures,report",
      "enter,report enter, figures,report",
      "enter,a leave,a enter,report leave,report",
    ],
  );
});
