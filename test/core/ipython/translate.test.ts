import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { translateCell } from "../../../core/src/ipython/translate.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const update = process.env.REPRISE_UPDATE === "1";

/** Title and text of each cell of cells.txt; the line end before the next title belongs to the file. */
const cells: ReadonlyMap<string, string> = new Map(
  readFileSync(join(fixtures, "cells.txt"), "utf8")
    .split(/^━━━ /m)
    .slice(1)
    .map((entry) => [entry.slice(0, entry.indexOf("\n")), entry.slice(entry.indexOf("\n") + 1, -1)]),
);

test("cells are translated as the file of expected translations says", () => {
  const made = Object.fromEntries(
    [...cells].map(([title, source]) => {
      const { python, commands } = translateCell(source, 0);
      const told = commands.map(({ kind, name, argument, meaning, binds, reads, span, pythonSpan }) => ({
        command: `${kind} ${name} ${argument}`.trimEnd(),
        meaning,
        ...(binds.length === 0 ? {} : { binds }),
        ...(reads.length === 0 ? {} : { reads }),
        source: source.slice(span.start, span.end),
        python: python.slice(pythonSpan.start, pythonSpan.end),
      }));
      return [title, told.length === 0 ? { python } : { python, commands: told }];
    }),
  );
  expectFile(join(fixtures, "expected.json"), made);
});

test("offsets map to the cell and back without ever crossing, whatever the text", () => {
  const pieces = fc.constantFrom(
    ...[
      "%time ",
      "%%time\n",
      "!ls",
      "x",
      " = ",
      "\n",
      "    ",
      "?",
      "(",
      ")",
      '"""',
      "'",
      "\\\n",
      "# c",
      "% a",
      "%%bash\n",
      "get_ipython().magic('time ",
      "get_ipython().run_cell_magic('time', '', 'x\\n",
      "')",
      ">>> ",
      "if x:\n",
      "ü😀",
      "\t",
    ],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 }))), (parts) => {
      const source = parts.join("");
      const { python, toSource, toPython, commands } = translateCell(source, 0);
      let before = 0;
      for (let offset = 0; offset <= python.length; offset++) {
        const at = toSource(offset);
        assert.ok(at >= before && at <= source.length);
        before = at;
      }
      before = 0;
      for (let offset = 0; offset <= source.length; offset++) {
        const at = toPython(offset);
        assert.ok(at >= before && at <= python.length);
        before = at;
      }
      for (const { span, pythonSpan } of commands) {
        assert.ok(0 <= span.start && span.start <= span.end && span.end <= source.length);
        assert.ok(0 <= pythonSpan.start && pythonSpan.start <= pythonSpan.end && pythonSpan.end <= python.length);
      }
    }),
    { numRuns: 500 },
  );
});

test("Python without IPython's syntax comes out as it went in, with every offset in its place", () => {
  const lines = fc.constantFrom(
    "x = 1",
    "if x:",
    "    y = x % 2",
    "# why",
    "s = '!ls'",
    "f(a,",
    "  b)",
    "z != y",
    "t = '''a",
    "%b'''",
  );
  fc.assert(
    fc.property(fc.array(lines), (parts) => {
      const source = `first = 0\n${parts.join("\n")}`;
      const { python, toSource, commands } = translateCell(source, 0);
      if (commands.length > 0) return;
      assert.equal(python, source);
      for (let offset = 0; offset <= source.length; offset++) assert.equal(toSource(offset), offset);
    }),
  );
});

test("a statement keeps its place where commands and indentation around it are replaced", () => {
  const source = "  !pip install x\n  %time total = f(1)\n\n  print(total)\n";
  const { python, toSource, toPython } = translateCell(source, 0);
  for (const piece of ["total = f(1)", "print(total)"]) {
    const at = python.indexOf(piece);
    assert.equal(source.slice(toSource(at), toSource(at + piece.length)), piece);
    assert.equal(toPython(source.indexOf(piece)), at);
  }
});

test("names that every object of JavaScript has are unknown magics", () => {
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
    for (const cell of [`%${name} x`, `%%${name}\nx`])
      assert.equal(translateCell(cell, 0).commands[0]?.meaning, "unknown");
  }
});

test("long and hostile cells are translated in one pass", () => {
  const many = 20_000;
  assert.equal(translateCell("!echo (\n".repeat(many), 0).commands.length, many);
  assert.ok(translateCell("%%time\n".repeat(many), 0).commands.length > 0);
  assert.ok(translateCell(`${"%time ".repeat(many)}x`, 0).commands.length > 0);
  for (const text of ["(", "'", '"""', "\\\n", "a[", "%", "? ", "x = !", "\t", "x=", "'''\n"]) {
    assert.ok(translateCell(text.repeat(many), 0).python.length > 0 || text.trim() === "");
    assert.ok(translateCell(`${text.repeat(many)}?`, 0).python.length > 0);
  }
});

function expectFile(file: string, actual: unknown): void {
  const text = `${JSON.stringify(actual, null, 2)}\n`;
  if (update) writeFileSync(file, text);
  assert.equal(text, readFileSync(file, "utf8"));
}
