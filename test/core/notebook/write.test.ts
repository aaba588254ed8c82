import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type * as nbformat from "@jupyterlab/nbformat";
import fc from "fast-check";
import type { CodeCell, Notebook } from "../../../core/src/notebook/model.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { serialiseNotebook } from "../../../core/src/notebook/serialise.ts";
import { type NotebookEdit, writeNotebook } from "../../../core/src/notebook/write.ts";
import { requirePython } from "../../support/python.ts";

const samples = join(import.meta.dirname, "..", "..", "..", "samples");
const fixtures = join(import.meta.dirname, "fixtures");

/** Texts in the layouts that tools write: nbformat's, wider indentation, one line, Windows line ends, escaped, unended. */
function* layouts(): Generator<[string, string]> {
  const content = JSON.parse(readFileSync(join(fixtures, "valid", "odd-but-valid.ipynb"), "utf8"));
  yield ["nbformat", serialiseNotebook(content)];
  yield ["four blanks", JSON.stringify(content, null, 4)];
  yield ["tabs", `${JSON.stringify(content, null, "\t")}\n`];
  yield ["one line", JSON.stringify(content)];
  yield ["one line of Python's json", serialiseNotebook(content).replace(/,\n */g, ", ").replace(/\n */g, "")];
  yield ["Windows line ends", JSON.stringify(content, null, 2).replaceAll("\n", "\r\n")];
  yield ["byte order mark", `\ufeff${JSON.stringify(content, null, 1)}`];
  yield [
    "escaped",
    JSON.stringify(content, null, 1).replace(
      /[^\0-~]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  ];
  yield ["blanks before commas", JSON.stringify(content, null, 1).replaceAll(",\n", " ,\n")];
}

const sources = fc.array(fc.string({ unit: "grapheme-composite" }), { maxLength: 4 }).map((lines) => lines.join("\n"));
const outputs: fc.Arbitrary<nbformat.IOutput[]> = fc.array(
  fc.record({ output_type: fc.constant("stream"), name: fc.constantFrom("stdout", "stderr"), text: sources }),
  { maxLength: 2 },
);

test("a notebook that is not changed is written byte for byte", () => {
  for (const [layout, text] of layouts()) assert.equal(writeNotebook(readNotebook(text, layout), []), text, layout);
});

test("setting what a sample already holds changes no byte of it", () => {
  const files = globSync("*/*.ipynb", { cwd: samples });
  assert.ok(files.length >= 8);
  for (const file of files) {
    const text = readFileSync(join(samples, file), "utf8");
    const notebook = readNotebook(text, file);
    assert.equal(writeNotebook(notebook, codeCells(notebook).map(asItIs)), text, file);
  }
});

/** Kernels count from 1; a file's 0 is read as none. */
const counts = fc.integer({ min: 1 });

test("a change of one cell leaves every byte of the other cells as it was", () => {
  for (const [layout, text] of layouts()) {
    const notebook = readNotebook(text, layout);
    fc.assert(
      fc.property(fc.constantFrom(...codeCells(notebook)), sources, outputs, counts, (cell, source, made, count) => {
        const written = writeNotebook(notebook, [
          {
            kind: "set-cell",
            cell: cell.index,
            source,
            outputs: made,
            executionCount: count,
            metadata: { "x/y": [count] },
          },
        ]);
        const again = readNotebook(written, layout);
        const changed = again.cells[cell.index] as CodeCell;
        assert.equal(changed.source, source.replace(/\r\n?/g, "\n"));
        assert.equal(changed.executionCount, count);
        assert.deepEqual(changed.metadata, { ...cell.metadata, "x/y": [count] });
        assert.equal(textOf(changed.outputs), textOf(made));
        for (const other of notebook.cells) if (other !== cell) assert.deepEqual(again.cells[other.index], other);
        const restored = cellTexts(written);
        const before = cellTexts(text);
        for (const [index, piece] of restored.entries())
          if (index !== cell.index) assert.equal(piece, before[index], layout);
        const [now, then] = [restored[cell.index] as string, before[cell.index] as string];
        assert.deepEqual(written.split(now), text.split(then), `${layout}: what stands around the cell`);
      }),
      { numRuns: 25 },
    );
  }
});

test("cells that are inserted and then removed again leave the file as it was", () => {
  for (const [layout, text] of layouts()) {
    const notebook = readNotebook(text, layout);
    fc.assert(
      fc.property(fc.nat(notebook.cells.length), sources, (before, source) => {
        const longer = writeNotebook(notebook, [{ kind: "insert-cell", before, cell: { kind: "code", source } }]);
        const read = readNotebook(longer, layout);
        assert.equal(read.cells.length, notebook.cells.length + 1);
        assert.equal(writeNotebook(read, [{ kind: "remove-cell", cell: before }]), text, layout);
      }),
      { numRuns: 20 },
    );
  }
});

test("an inserted cell has an id of its own from nbformat 4.5 on, and none before", () => {
  const make = (minor: number) =>
    readNotebook(
      `{"cells": [{"cell_type": "raw", ${minor >= 5 ? '"id": "a", ' : ""}"metadata": {}, "source": ""}], "metadata": {}, "nbformat": 4, "nbformat_minor": ${minor}}`,
      "x",
    );
  const insert: NotebookEdit = { kind: "insert-cell", before: 1, cell: { kind: "code", source: "n = 1" } };
  const [, first, second] = readNotebook(writeNotebook(make(5), [insert, insert]), "x").cells;
  assert.match(first?.id ?? "", /^[a-zA-Z0-9_-]{1,64}$/);
  assert.notEqual(first?.id, second?.id);
  assert.equal(readNotebook(writeNotebook(make(4), [insert]), "x").cells[1]?.id, undefined);
});

test("metadata is set and taken out key by key", () => {
  const text =
    '{\n "cells": [],\n "metadata": {\n  "kernelspec" : {"name": "python3", "display_name": "x"},\n  "old": 1\n },\n "nbformat": 4,\n "nbformat_minor": 5\n}\n';
  const written = writeNotebook(readNotebook(text, "x"), [
    { kind: "set-metadata", metadata: { old: undefined, papermill: { start: "now" } } },
  ]);
  assert.equal(written, text.replace('  "old": 1\n', '  "papermill": {\n   "start": "now"\n  }\n'));
});

test("an edit of a cell that is not there is refused", () => {
  const notebook = readNotebook('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "x");
  assert.throws(() => writeNotebook(notebook, [{ kind: "remove-cell", cell: 0 }]), RangeError);
  assert.throws(
    () => writeNotebook(notebook, [{ kind: "insert-cell", before: 1, cell: { kind: "raw", source: "" } }]),
    RangeError,
  );
});

test("a changed notebook of nbformat 3 is written as a valid one of 4.5, and nbformat writes it alike", async (context) => {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return;
  const text = readFileSync(join(fixtures, "valid", "version-3.ipynb"), "utf8");
  const notebook = readNotebook(text, "version-3.ipynb");
  const written = writeNotebook(notebook, [{ kind: "set-cell", cell: 1, executionCount: 9 }]);
  const folder = mkdtempSync(join(tmpdir(), "reprise-write-"));
  try {
    const file = join(folder, "written.ipynb");
    writeFileSync(file, written);
    const program =
      "import nbformat, sys; nb = nbformat.read(sys.argv[1], 4); nbformat.validate(nb); sys.stdout.write(nbformat.writes(nb) + '\\n')";
    assert.equal(execFileSync(python, ["-c", program, file], { encoding: "utf8" }), written);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter((cell) => cell.kind === "code");
}

function asItIs({ index, source, outputs: made, executionCount, metadata }: CodeCell): NotebookEdit {
  return { kind: "set-cell", cell: index, source, outputs: made, executionCount, metadata };
}

function textOf(made: readonly nbformat.IOutput[]): string {
  return made.map(({ text }) => (Array.isArray(text) ? text.join("") : text)).join("\0");
}

/** The text of each cell, found by counting brackets outside of strings. */
function cellTexts(text: string): string[] {
  const texts: string[] = [];
  let depth = 0;
  let start = 0;
  let inString = false;
  for (let at = text.indexOf('"cells"') + 7; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") {
      if (depth === 1) start = at;
      depth++;
    } else if (character === "}" || character === "]") {
      depth--;
      if (depth === 1) texts.push(text.slice(start, at + 1));
      if (depth === 0) return texts;
    }
  }
  return texts;
}
