import assert from "node:assert/strict";
import { cpSync, globSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { requirePython } from "../../support/python.ts";
import { misplacedLines, plainCells, readText } from "./read-text.ts";

const fixtures = join(import.meta.dirname, "fixtures", "marimo");
const samples = join(import.meta.dirname, "..", "..", "..", "samples");

test("marimo's cells are ours, in the order in which it runs them; what it refuses is refused", async (context) => {
  const python = await requirePython(context, "notebooks");
  if (python === undefined) return;
  const folder = temporaryFolder(context);
  for (const path of globSync("docstrings/*.ipynb", { cwd: samples })) {
    cpSync(join(samples, path), join(folder, basename(path)));
  }
  for (const path of globSync("*.py", { cwd: fixtures })) cpSync(join(fixtures, path), join(folder, path));
  const { code, stdout, stderr } = await runProcess(python, [join(import.meta.dirname, "marimo.py"), folder]);
  assert.equal(code, 0, stderr);
  const answers = JSON.parse(stdout) as Record<
    string,
    { text: string; cells?: { kind: string; source: string }[]; unordered?: boolean; error?: string }
  >;
  assert.ok(Object.values(answers).filter(({ cells }) => cells !== undefined).length >= 3, stdout.slice(0, 2000));
  for (const [name, { text, cells, unordered, error }] of Object.entries(answers)) {
    if (cells === undefined) {
      await assert.rejects(readText(text, name), ProblemError, `${name}: marimo says ${error}`);
      continue;
    }
    const notebook = await readText(text, name);
    // marimo does not run a disabled cell: for Reprise it is no code.
    const own = plainCells(notebook).map(({ kind, source }) => ({ kind: kind === "raw" ? "code" : kind, source }));
    const ordered = (list: typeof own) => (unordered ? list.toSorted((a, b) => (a.source < b.source ? -1 : 1)) : list);
    assert.deepEqual(ordered(own), ordered(cells), name);
    assert.deepEqual(misplacedLines(notebook), [], name);
  }
});
