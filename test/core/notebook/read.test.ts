import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { requireCode, requirePython } from "../../../core/src/notebook/language.ts";
import type { CodeCell } from "../../../core/src/notebook/model.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { type Problem, ProblemError } from "../../../core/src/problem/problem.ts";
import { compileNotebookSchemas } from "../../../scripts/compile-notebook-schemas.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const update = process.env.REPRISE_UPDATE === "1";

test("each broken file is refused with its problem, line and column", () => {
  const folder = join(fixtures, "broken");
  const told = Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith(".ipynb"))
      .sort()
      .map((name) => {
        const { id, message, place, mend } = problemOf(() =>
          readNotebook(readFileSync(join(folder, name), "utf8"), name),
        );
        return [name, { id, line: place?.line, column: place?.column, cell: place?.cell, message, mend }];
      }),
  );
  expectFile(join(folder, "expected.json"), told);
});

test("what real files leave out or add is read without loss", () => {
  for (const name of readdirSync(join(fixtures, "valid")).filter((file) => file.endsWith(".ipynb"))) {
    const { text: _text, ...notebook } = readNotebook(readFileSync(join(fixtures, "valid", name), "utf8"), name);
    expectFile(join(fixtures, "valid", name.replace(".ipynb", ".json")), notebook);
  }
});

test("the compiled validators are those of the schemas beside them", async () => {
  const file = join(import.meta.dirname, "..", "..", "..", "core", "src", "notebook", "schemas", "validators.js");
  if (update) writeFileSync(file, await compileNotebookSchemas());
  assert.equal(readFileSync(file, "utf8"), await compileNotebookSchemas());
});

test("the language comes from language_info, then the kernelspec, then the kernel's name", () => {
  const languages = [
    [{}, "python"],
    [{ kernelspec: { name: "my-project", display_name: "My project" } }, "python"],
    [{ kernelspec: { name: "ir", display_name: "R" } }, "r"],
    [{ kernelspec: { name: "ir", display_name: "R", language: "R" } }, "r"],
    [{ kernelspec: { name: "julia-1.10", display_name: "Julia" } }, "julia"],
    [{ kernelspec: { name: "python3", display_name: "" }, language_info: { name: "ipython" } }, "python"],
    [{ language_info: { name: "Scala" } }, "scala"],
  ] as const;
  for (const [metadata, language] of languages) assert.equal(withMetadata(metadata).language, language);
});

test("another language and Python 2 are refused, Python 3 is not", () => {
  const refused = [
    { kernelspec: { name: "ir", display_name: "R" } },
    { language_info: { name: "julia", version: "1.10.0" } },
    { kernelspec: { name: "python2", display_name: "Python 2" } },
    { kernelspec: { name: "python3", display_name: "" }, language_info: { name: "python", version: "2.7.18" } },
  ];
  for (const metadata of refused) assert.equal(problemOf(() => requirePython(withMetadata(metadata))).id, "RP106");
  // A kernel named python2 that ran Python 3 after all.
  requirePython(withMetadata({ kernelspec: { name: "python2" }, language_info: { name: "python", version: "3.8.1" } }));
  requirePython(withMetadata({}));
});

test("a notebook without code is refused where code is needed", () => {
  for (const cells of ["", '{"cell_type": "markdown", "source": "x"}', '{"cell_type": "code", "source": " \\n"}']) {
    assert.equal(problemOf(() => requireCode(withCells(cells))).id, "RP105");
  }
  requireCode(withCells('{"cell_type": "code", "source": "x"}'));
});

test("NaN and infinities, which Python writes into outputs, are read as null", () => {
  const notebook = withCells(
    '{"cell_type": "code", "source": "NaN", "outputs": [{"output_type": "display_data", "data": {"application/json": [NaN, -Infinity, 1]}}]}',
  );
  assert.deepEqual((notebook.cells[0] as CodeCell).outputs[0]?.data, { "application/json": [null, null, 1] });
  assert.equal(notebook.cells[0]?.source, "NaN");
});

test("nesting of a million brackets is refused or read, never a crash", () => {
  const deep = 1_000_000;
  assert.equal(problemOf(() => readNotebook("[".repeat(deep), "deep.ipynb")).id, "RP102");
  assert.equal(problemOf(() => readNotebook('{"a":'.repeat(deep), "deep.ipynb")).id, "RP102");
  const nested = `${"[".repeat(deep)}${"]".repeat(deep)}`;
  const notebook = readNotebook(`{"nbformat": 4, "metadata": {"x": ${nested}}, "cells": []}`, "deep.ipynb");
  assert.equal(notebook.cells.length, 0);
  assert.equal(
    problemOf(() => readNotebook(`{"metadata": {"x": ${nested}}, "nbformat": 2}`, "deep.ipynb")).id,
    "RP104",
  );
});

test("large notebooks are read whole: outputs of 100 MB, 5,000 cells, a cell of 10,000 lines", () => {
  const output = `{"output_type": "stream", "name": "stdout", "text": ["${"x".repeat(1 << 20)}"]}`;
  const large = withCells(`{"cell_type": "code", "source": "x", "outputs": [${Array(100).fill(output).join(",")}]}`);
  assert.equal((large.cells[0] as CodeCell).outputs.length, 100);
  const cell = '{"cell_type": "code", "id": "same", "source": "x = 1", "metadata": {}, "outputs": []}';
  const many = withCells(Array(5000).fill(cell).join(","));
  assert.equal(many.cells.length, 5000);
  assert.equal(many.cells.filter(({ id }) => id !== undefined).length, 1, "an id stands for one cell");
  const long = withCells(`{"cell_type": "code", "source": [${Array(10_000).fill('"x\\n"').join(",")}]}`);
  assert.equal(long.cells[0]?.source.length, 20_000);
});

test("names that every object of JavaScript has are nothing special", () => {
  assert.equal(problemOf(() => withCells('{"cell_type": "constructor", "source": ""}')).id, "RP103");
  const output = '{"output_type": "toString", "__proto__": {"x": 1}}';
  assert.equal(
    (withCells(`{"cell_type": "code", "source": "", "outputs": [${output}]}`).cells[0] as CodeCell).outputs.length,
    1,
  );
});

test("lone surrogates survive reading", () => {
  assert.equal(withCells('{"cell_type": "raw", "source": "\\ud83d"}').cells[0]?.source, "\ud83d");
});

function withCells(cells: string) {
  return readNotebook(`{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [${cells}]}`, "made.ipynb");
}

function withMetadata(metadata: object) {
  return readNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: [] }), "made.ipynb");
}

function problemOf(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof ProblemError, String(error));
    return error.problem;
  }
  assert.fail("nothing was refused");
}

function expectFile(file: string, actual: unknown): void {
  const text = `${JSON.stringify(actual, null, 2)}\n`;
  if (update) writeFileSync(file, text);
  assert.equal(text, readFileSync(file, "utf8"));
}
