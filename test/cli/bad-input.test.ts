import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { answerOf, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { notebookText } from "../support/notebooks.ts";

interface Case {
  readonly name: string;
  /** Writes the input into a folder of its own. */
  readonly text: () => string | undefined;
  readonly exit: number;
  /** The problem's id, where the call fails. */
  readonly id?: string;
  /** Must stand in the message, the place or the mend. */
  readonly says: RegExp;
}

const repeat = (count: number, line: (at: number) => string) => Array.from({ length: count }, (_, at) => line(at));

const cases: readonly Case[] = [
  { name: "a file that is not there", text: () => undefined, exit: 2, id: "RP101", says: /no such file/ },
  { name: "text that is not JSON", text: () => '{"cells": [\n  oops', exit: 2, id: "RP102", says: /"line":2/ },
  {
    name: "a notebook cut off in the middle",
    text: () => notebookText(["x = 1"]).slice(0, 90),
    exit: 2,
    id: "RP102",
    says: /./,
  },
  {
    name: "JSON that is no notebook",
    text: () => '{"name": "package", "version": "1.0.0"}',
    exit: 2,
    id: "RP103",
    says: /not.*notebook/i,
  },
  { name: "a list", text: () => "[1, 2]", exit: 2, id: "RP103", says: /./ },
  { name: "an empty file", text: () => "", exit: 2, id: "RP102", says: /empty/ },
  {
    name: "nbformat 2",
    text: () => '{"nbformat": 2, "nbformat_minor": 0, "metadata": {}, "worksheets": []}',
    exit: 2,
    id: "RP104",
    says: /2/,
  },
  {
    name: "nbformat 99",
    text: () => '{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}',
    exit: 2,
    id: "RP104",
    says: /99/,
  },
  {
    name: "a notebook without code",
    text: () => notebookText([{ kind: "markdown", source: "# Hi" }]),
    exit: 2,
    id: "RP105",
    says: /no code/,
  },
  {
    name: "an R kernel",
    text: () => notebookText(["x <- 1"], { kernelspec: { name: "ir", display_name: "R", language: "R" } }),
    exit: 2,
    id: "RP106",
    says: /\bR\b/i,
  },
  {
    name: "a Julia kernel",
    text: () =>
      notebookText(["x = 1"], { kernelspec: { name: "julia-1.9", display_name: "Julia", language: "julia" } }),
    exit: 2,
    id: "RP106",
    says: /julia/i,
  },
  {
    name: "Python 2",
    text: () =>
      notebookText(["print 'x'"], { kernelspec: { name: "python2", display_name: "Python 2", language: "python" } }),
    exit: 2,
    id: "RP106",
    says: /Python 2/,
  },
  {
    name: "a syntax error in one cell: the others are still analysed",
    text: () => notebookText(["x = 1", "for in range(3:\n  pass", "print(never_defined)"]),
    exit: 1,
    says: /never_defined/,
  },
  {
    name: "a cell of 10,000 lines",
    text: () => notebookText([repeat(10_000, (at) => `x${at} = ${at}`).join("\n"), "print(x9999)"]),
    exit: 0,
    says: /clean/,
  },
  {
    name: "5,000 cells",
    text: () => notebookText([...repeat(5000, (at) => `x${at} = ${at === 0 ? 0 : `x${at - 1}`} + 1`), "print(x4999)"]),
    exit: 0,
    says: /clean/,
  },
  {
    name: "deep brackets",
    text: () => notebookText([`x = ${"(".repeat(20_000)}1${")".repeat(20_000)}`, "y = 1"]),
    exit: 0,
    says: /reprise\.analyze/,
  },
  {
    name: "a sum of 20,000 terms",
    text: () => notebookText([`x = ${repeat(20_000, (at) => `${at}`).join(" + ")}`]),
    exit: 0,
    says: /clean/,
  },
  { name: "deep JSON", text: () => `${"[".repeat(200_000)}${"]".repeat(200_000)}`, exit: 2, says: /RP10[23]/ },
  {
    name: "cells with one id",
    text: () =>
      notebookText([
        { source: "x = 1", id: "same" },
        { source: "print(x)", id: "same" },
      ]),
    exit: 0,
    says: /reprise\.analyze/,
  },
  {
    name: "cells without ids",
    text: () => notebookText(["x = 1", "print(x)"]).replaceAll(/"id":"cell-\d",/g, ""),
    exit: 0,
    says: /clean/,
  },
  {
    name: "a notebook that names no kernel",
    text: () => notebookText(["x = 1", "print(x)"], {}),
    exit: 0,
    says: /clean/,
  },
];

describe("bad input", { concurrency: 2 }, () => {
  for (const { name, text, exit, id, says } of cases) {
    test(`analyze answers to ${name}`, { timeout: 60_000 }, async (context) => {
      const folder = temporaryFolder(context);
      const content = text();
      if (content !== undefined) writeFileSync(join(folder, "a.ipynb"), content);
      const finished = await reprise(["analyze", "a.ipynb", "--json"], { directory: folder });
      const answer = answerOf(finished);
      assert.equal(finished.code, exit, finished.stdout.slice(0, 2000) + finished.stderr.slice(0, 2000));
      if (id !== undefined) {
        const { error } = answer as { error: { id: string; mend: string } };
        assert.equal(error.id, id);
        assert.ok(error.mend.length > 10, "it says how to mend it");
      }
      assert.match(finished.stdout, says);
    });
  }
});

test("analyze takes 200 MB of outputs", { timeout: 120_000 }, async (context) => {
  const folder = temporaryFolder(context);
  const output = { output_type: "stream", name: "stdout", text: "x".repeat(2_000_000) };
  const cells = ["x = 1", ...repeat(100, () => "print(x)").map((source) => ({ source, outputs: [output] }))];
  writeFileSync(join(folder, "a.ipynb"), notebookText(cells));
  const finished = await reprise(["analyze", "a.ipynb", "--json"], { directory: folder });
  assert.equal(finished.code, 0, finished.stderr);
});

test("analyze reads standard input", async (context) => {
  const folder = temporaryFolder(context);
  const finished = await reprise(["analyze", "-", "--json"], {
    directory: folder,
    input: notebookText(["print(nothing)"]),
  });
  assert.equal(finished.code, 1);
  assert.match(finished.stdout, /NB101/);
});

test("a wrong option is answered with exit code 2, in JSON where JSON was asked for", async () => {
  const finished = await reprise(["analyze", "a.ipynb", "--jsn", "--json"]);
  assert.equal(finished.code, 2);
  assert.equal((answerOf(finished) as { error: { id: string } }).error.id, "RP141");
});

test("convert leaves a folder that exists as it is", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "a.ipynb"), notebookText(["x = 1", "print(x)"]));
  mkdirSync(join(folder, "out"));
  writeFileSync(join(folder, "out", "mine.txt"), "mine");
  const finished = await reprise(["convert", "a.ipynb", "-o", "out", "--no-lock", "--json"], { directory: folder });
  assert.equal(finished.code, 2, finished.stdout);
  assert.match((answerOf(finished) as { error: { mend: string } }).error.mend, /another folder/);
  assert.deepEqual(readdirSync(join(folder, "out")), ["mine.txt"]);
  assert.deepEqual(readdirSync(folder).sort(), ["a.ipynb", "out"]);
});
