import assert from "node:assert/strict";
import { test } from "node:test";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { readText } from "./read-text.ts";

const head = "import marimo\n\napp = marimo.App()\n\n\n";
const cell = (body: string) => `@app.cell\ndef _():\n    ${body.replaceAll("\n", "\n    ")}\n    return\n\n\n`;

const refused: readonly (readonly [about: string, text: string, line: number, message: RegExp])[] = [
  ["a name that two cells define", cell("x = 1") + cell("x = 2"), 14, /`x` is defined in two cells/],
  ["cells that need one another", cell("x = y") + cell("y = x"), 8, /in a circle/],
  ["a statement outside of the cells", `${cell("x = 1")}x = 3\n`, 12, /outside of its cells/],
  [
    "a function that reads a name which another cell has for its own",
    cell("_k = 1\nf = lambda: _k") + cell("_k = 2"),
    8,
    /reads `_k`/,
  ],
];

for (const [about, text, line, message] of refused) {
  test(`a marimo notebook is refused, with the line, for ${about}`, async () => {
    await assert.rejects(readText(head + text, "a.py"), (error) => {
      assert.ok(error instanceof ProblemError);
      assert.equal(error.problem.id, "RP107");
      assert.equal(error.problem.place?.line, line);
      assert.match(error.problem.message, message);
      return true;
    });
  });
}

test("names of a cell's own may be there in many cells", async () => {
  const notebook = await readText(head + cell("_i = 1\nprint(_i)") + cell("_i = 2\nprint(_i)"), "a.py");
  assert.equal(notebook.cells.length, 2);
});
