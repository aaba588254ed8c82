import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { reorderCells } from "../../../core/src/notebook/reorder.ts";

function textOf(kinds: readonly boolean[], indent: number | undefined): string {
  const cells = kinds.map((isCode, at) => ({
    cell_type: isCode ? "code" : "markdown",
    metadata: {},
    source: [`line ${at}\n`, "], {"],
    ...(isCode ? { execution_count: null, outputs: [] } : {}),
  }));
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 }, undefined, indent);
}

test("reordering moves cells with their bytes, text cells with the code below, and back again gives the same file", () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
      fc.constantFrom(undefined, 1, 4),
      fc.infiniteStream(fc.nat()),
      (kinds, indent, numbers) => {
        const text = textOf(kinds, indent);
        const notebook = readNotebook(text, "made.ipynb");
        const code = notebook.cells.filter(({ kind }) => kind === "code").map(({ index }) => index);
        const shuffled = code
          .map((index) => ({ index, by: numbers.next().value as number }))
          .sort((one, other) => one.by - other.by)
          .map(({ index }) => index);
        const moved = readNotebook(reorderCells(notebook, shuffled), "made.ipynb");
        assert.equal(moved.text.length, text.length);
        const sourcesOf = (cells: typeof notebook.cells) =>
          cells.filter(({ kind }) => kind === "code").map(({ source }) => source);
        assert.deepEqual(
          sourcesOf(moved.cells),
          shuffled.map((index) => notebook.cells[index]?.source),
        );
        for (const { index, kind, source } of moved.cells) {
          if (kind === "code") continue;
          const before = notebook.cells.findIndex((cell) => cell.source === source);
          const next = notebook.cells[before + 1];
          assert.equal(moved.cells[index + 1]?.source, next?.source);
        }
        const places = moved.cells.filter(({ kind }) => kind === "code").map(({ index }) => index);
        const back = code.map((index) => places[shuffled.indexOf(index)] as number);
        assert.equal(reorderCells(moved, back), text);
      },
    ),
  );
});

test("an order that is not one of all code cells is refused", () => {
  const notebook = readNotebook(textOf([true, true], 1), "made.ipynb");
  assert.throws(() => reorderCells(notebook, [0]), RangeError);
  assert.throws(() => reorderCells(notebook, [0, 0]), RangeError);
});
