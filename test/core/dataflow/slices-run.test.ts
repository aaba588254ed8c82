import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { analyseDataflow } from "../../../core/src/dataflow/analyse.ts";
import type { Dataflow, StatementId } from "../../../core/src/dataflow/model.ts";
import { sliceFor } from "../../../core/src/dataflow/slice.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { parseCells } from "../../support/cells.ts";
import { requirePython } from "../../support/python.ts";

const samples = join(import.meta.dirname, "../../../samples");

/** Samples whose cells run in the order of the document, in little time: functions with globals, and files. */
const runnable = ["diabetes", "co2"];

/** At most so many names of a sample, spread over it. */
const most = 5;

for (const sample of runnable) {
  test(`in ${sample}, what a name's slice computes alone is what the notebook computes`, async (context) => {
    const python = await requirePython(context, "ml");
    if (python === undefined) return;
    const text = readFileSync(join(samples, sample, `${sample}.ipynb`), "utf8");
    const code = readNotebook(text, sample).cells.filter((cell) => cell.kind === "code");
    const dataflow = analyseDataflow(await parseCells(code.map(({ source }) => source)));
    const last = dataflow.statements.at(-1)?.id as StatementId;
    const names = [...dataflow.valuesAfter(last).keys()];
    const all = dataflow.statements.map(({ id }) => id);
    const [once, again] = run(python, sample, [programOf(dataflow, all, names), programOf(dataflow, all, names)]);
    assert.ok(once !== undefined && once.error === undefined, `${sample} runs: ${once?.error}`);
    const repeatable = Object.keys(once).filter((name) => once[name] === again?.[name]);
    assert.ok(repeatable.length > 3, `${sample} leaves values that can be compared`);
    const step = Math.max(1, Math.ceil(repeatable.length / most));
    const chosen = repeatable.filter((_, at) => at % step === 0);
    const slices = chosen.map((name) => sliceFor(dataflow, name));
    const results = run(
      python,
      sample,
      slices.map((ids, at) => programOf(dataflow, ids, [chosen[at] as string])),
    );
    chosen.forEach((name, at) => {
      assert.deepEqual(results[at], { [name]: once[name] }, `${name} by ${slices[at]?.join(" ")}`);
    });
    assert.ok(
      slices.some((ids) => ids.length < all.length / 2),
      "slices are parts",
    );
  });
}

function programOf(dataflow: Dataflow, ids: readonly StatementId[], names: readonly string[]) {
  const wanted = new Set(ids);
  const statements = dataflow.statements
    .filter(({ id }) => wanted.has(id))
    .map(({ cell, node }) => {
      const text = dataflow.cells.find((one) => one.cell.index === cell)?.translation.python ?? "";
      return text.slice(node.start, node.end);
    });
  return { statements, names };
}

function run(python: string, sample: string, programs: readonly object[]): readonly Record<string, string>[] {
  const folder = mkdtempSync(join(tmpdir(), "reprise-slices-"));
  try {
    cpSync(join(samples, sample), folder, { recursive: true });
    const result = spawnSync(python, [join(import.meta.dirname, "run-slices.py")], {
      input: JSON.stringify({ folder, programs }),
      encoding: "utf8",
      timeout: 120_000,
    });
    assert.equal(result.status, 0, result.stderr);
    return JSON.parse(result.stdout.trim().split("\n").at(-1) ?? "[]");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
