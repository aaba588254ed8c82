import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { analyseDataflow } from "../../../core/src/dataflow/analyse.ts";
import type { Dataflow, StatementId } from "../../../core/src/dataflow/model.ts";
import { sliceFor } from "../../../core/src/dataflow/slice.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { parseCells } from "../../support/cells.ts";
import { requirePython } from "../../support/python.ts";

const samples = join(import.meta.dirname, "../../../samples");

/** Samples whose cells run in the order of the document, in little time. */
const runnable = ["diabetes", "co2", "titanic", "wine"];

/** At most so many names of a sample, spread over it. */
const most = 5;

for (const sample of runnable) {
  test(`in ${sample}, what a name's slice computes alone is what the notebook computes`, async (context) => {
    const python = await requirePython(context, "ml");
    if (python === undefined) return;
    const text = readFileSync(join(samples, sample, `${sample}.ipynb`), "utf8");
    const code = readNotebook(text, sample).cells.filter((cell) => cell.kind === "code");
    const dataflow = analyseDataflow(await parseCells(code.map(({ source }) => source)));
    const names = valuesAtTheEnd(dataflow);
    const all = dataflow.statements.map(({ id }) => id);
    const step = Math.ceil(names.length / most);
    const chosen = names.filter((_, at) => at % step === 0);
    const slices = chosen.map((name) => sliceFor(dataflow, name));
    const notebook = programOf(dataflow, all, chosen);
    const [once, again, ...results] = run(python, sample, [
      notebook,
      notebook,
      ...slices.map((ids, at) => programOf(dataflow, ids, [chosen[at] as string])),
    ]);
    assert.ok(once !== undefined && once.error === undefined, `${sample} runs: ${once?.error}`);
    const repeatable = chosen.filter((name) => name in once && once[name] === again?.[name]);
    assert.ok(repeatable.length > 2, `${sample} leaves values that can be compared: ${repeatable.join(" ")}`);
    chosen.forEach((name, at) => {
      if (!repeatable.includes(name)) return;
      assert.deepEqual(results[at], { [name]: once[name] }, `${name} by ${slices[at]?.join(" ")}`);
    });
    assert.ok(
      slices.some((ids) => ids.length < all.length / 2),
      "slices are parts",
    );
  });
}

/** Names that hold values in the end: no modules, functions or classes. */
function valuesAtTheEnd(dataflow: Dataflow): readonly string[] {
  const last = dataflow.statements.at(-1)?.id as StatementId;
  const opaque = /^(types\.|builtins\.(type|function)$|matplotlib\.)/;
  return [...dataflow.valuesAfter(last)].filter(([, { type }]) => !opaque.test(type ?? "")).map(([name]) => name);
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

/** What programs leave, by name; all in one Python process, so that libraries are imported once. */
function run(python: string, sample: string, programs: readonly object[]): readonly Record<string, string>[] {
  const result = spawnSync(python, [join(import.meta.dirname, "run-slices.py")], {
    input: JSON.stringify({ data: join(samples, sample, "data"), programs }),
    encoding: "utf8",
    env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  });
  assert.equal(result.status, 0, result.stderr);
  return JSON.parse(result.stdout.trim().split("\n").at(-1) ?? "[]");
}
