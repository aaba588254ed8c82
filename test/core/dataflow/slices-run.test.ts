import assert from "node:assert/strict";
import { test } from "node:test";
import { analysed, samplePrograms } from "../../bench/dataflow/corpus.ts";
import { checkSlices } from "../../bench/dataflow/slices.ts";
import { requirePython } from "../../support/python.ts";

/** Samples whose cells run in the order of the document, in little time. */
const runnable = ["diabetes", "co2", "titanic", "wine"];

/** At most so many names of a sample, spread over it. */
const most = 5;

test("in samples, what a name's slice computes alone is what the notebook computes", async (context) => {
  const python = await requirePython(context, "ml");
  if (python === undefined) return;
  const programs = await Promise.all((await samplePrograms(runnable)).map(analysed));
  const checks = await checkSlices(python, programs, most);
  for (const sample of runnable) {
    const own = checks.filter(({ program }) => program.name === sample);
    assert.ok(own.length > 2, `${sample} leaves values that can be compared: ${own.map(({ name }) => name).join(" ")}`);
    for (const { name, slice, expected, found, error } of own)
      assert.equal(found, expected, `${sample}: ${name} by ${slice.join(" ")} ${error ?? ""}`);
    const all = own[0]?.dataflow.statements.length ?? 0;
    assert.ok(
      own.some(({ slice }) => slice.length < all / 2),
      `slices of ${sample} are parts`,
    );
  }
});
