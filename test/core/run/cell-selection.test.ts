import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyseDataflow } from "../../../core/src/dataflow/analyse.ts";
import { cellsNeeded, resumption } from "../../../core/src/run/cells/cell-selection.ts";
import { parseCells } from "../../support/cells.ts";

const flowOf = async (cells: readonly string[]) => analyseDataflow(await parseCells(cells));
const sorted = (cells: ReadonlySet<number>): number[] => [...cells].sort((a, b) => a - b);

describe("the cells that some cells need", () => {
  const cases: readonly { name: string; cells: readonly string[]; wanted: number[]; needed: number[] }[] = [
    { name: "are those whose values they use", cells: ["a = 1", "b = 2", "print(a)"], wanted: [2], needed: [0, 2] },
    {
      name: "are also what the rest of a needed cell needs",
      cells: ["a = 1", "b = 2", "c = b\nprint(a)", "print(c)"],
      wanted: [3],
      needed: [0, 1, 2, 3],
    },
    {
      name: "are also those that change what they use",
      cells: ["items = []", "x = 1", "items.append(1)", "print(items)"],
      wanted: [3],
      needed: [0, 2, 3],
    },
    {
      name: "are also those that set IPython up",
      cells: ["%load_ext autoreload", "!ls", "%env KEY=value", "x = 1"],
      wanted: [3],
      needed: [0, 2, 3],
    },
  ];
  for (const { name, cells, wanted, needed } of cases) {
    it(name, async () => assert.deepEqual(sorted(cellsNeeded(await flowOf(cells), wanted)), needed));
  }
});

describe("resuming", () => {
  const cases: readonly { name: string; cells: readonly string[]; done: number[]; run: number[]; kept: number[] }[] = [
    {
      name: "keeps what the rest does not need",
      cells: ["a = 1", "b = 2\nprint(b)", "print(a)"],
      done: [0, 1],
      run: [0, 2],
      kept: [1],
    },
    {
      name: "runs what used a random draw again, where the draw is needed again",
      cells: ["import random", "x = random.random()", "print(x)", "y = 1", "print(x)"],
      done: [0, 1, 2, 3],
      run: [0, 1, 2, 4],
      kept: [3],
    },
    {
      name: "keeps what used a value that is the same each time",
      cells: ["x = [3, 1, 2]", "print(sorted(x))", "print(x)"],
      done: [0, 1],
      run: [0, 2],
      kept: [1],
    },
    {
      name: "runs what used the clock again",
      cells: ["import time", "now = time.time()", "print(now)", "print(now + 1)"],
      done: [0, 1, 2],
      run: [0, 1, 2, 3],
      kept: [],
    },
    {
      name: "runs what used a function again that nobody knows",
      cells: ["from mystery import load", "x = load()", "print(x)", "print(x, 'again')"],
      done: [0, 1, 2],
      run: [0, 1, 2, 3],
      kept: [],
    },
    { name: "has nothing to run where all is done", cells: ["a = 1", "print(a)"], done: [0, 1], run: [], kept: [0, 1] },
  ];
  for (const { name, cells, done, run, kept } of cases) {
    it(name, async () => {
      const found = resumption(await flowOf(cells), [...cells.keys()], new Set(done));
      assert.deepEqual({ run: sorted(found.run), kept: sorted(found.kept) }, { run, kept });
    });
  }
});
