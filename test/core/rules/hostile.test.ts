import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { findings } from "../../../core/src/rules/index.ts";

const parser = await createPythonParser(loadGrammar());

function judged(cells: readonly { source: string; count: number | null; tags?: readonly string[] }[]) {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 4,
    metadata: {},
    cells: cells.map(({ source, count, tags = [] }) => ({
      cell_type: "code",
      source,
      execution_count: count,
      metadata: { tags },
    })),
  };
  return findings(analyseNotebook(readNotebook(JSON.stringify(notebook), "made.ipynb"), parser)).findings;
}

test("5,000 cells that ran backwards are judged", () => {
  const size = 5000;
  const cells = Array.from({ length: size }, (_, index) => ({
    source: `name_${index} = ${index === 0 ? "1" : `name_${index - 1} + 1`}`,
    count: size - index,
  }));
  const told = judged(cells);
  assert.equal(told.filter(({ rule }) => rule === "NB104").length, size - 1);
  assert.equal(told.filter(({ rule }) => rule === "NB111").length, 1);
});

test("a cell of 10,000 lines with a finding in each is judged", () => {
  const source = Array.from({ length: 10_000 }, (_, index) => `path_${index} = "/home/ann/${index}"`).join("\n");
  assert.equal(judged([{ source, count: 1 }]).filter(({ rule }) => rule === "NB301").length, 10_000);
});

test("a syntax error in one cell leaves the findings of the others", () => {
  const told = judged([
    { source: "def broken(:\n  x = (", count: null },
    { source: "print(missing)", count: null },
  ]);
  assert.deepEqual(
    told.filter(({ rule }) => rule === "NB101").map(({ subject }) => subject),
    ["missing"],
  );
});

test("names that every object of JavaScript has are nothing special", () => {
  const source =
    "import constructor\nfrom toString import valueOf\n__proto__ = constructor.Foo().fit(1)\nvalueOf.fit(__proto__)\nhasOwnProperty";
  assert.ok(judged([{ source, count: null }]).some(({ subject }) => subject === "hasOwnProperty"));
});

test("odd suppressions are called unused, never taken for a rule", () => {
  const told = judged([
    {
      source: "x = 1  # reprise: ignore[] \ny = 2  # reprise: ignore[,NB,*]",
      count: 1,
      tags: ["reprise:ignore-", "a,b"],
    },
  ]);
  assert.ok(told.every(({ rule }) => rule === "NB901"));
  assert.ok(told.length >= 2);
});
