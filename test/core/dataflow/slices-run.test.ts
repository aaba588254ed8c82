import assert from "node:assert/strict";
import { test } from "node:test";
import { analysed, samplePrograms } from "../../bench/dataflow/corpus.ts";
import { checkSlices } from "../../bench/dataflow/slices.ts";
import { requirePython } from "../../support/python.ts";

/** Samples that take long; the benchmark runs their slices too. */
const long = new Set(["digits", "tumours", "wine"]);

test("in samples, what a name's slice computes alone is what the notebook computes", async (context) => {
  const python = await requirePython(context, "ml");
  if (python === undefined) return;
  const samples = (await samplePrograms()).filter(({ name }) => !long.has(name));
  const { checks } = await checkSlices(python, await Promise.all(samples.map(analysed)));
  for (const { name: sample } of samples) {
    const own = checks.filter(({ program }) => program.name === sample);
    assert.ok(own.length > 9, `${sample} leaves values that can be compared: ${own.map(({ name }) => name).join(" ")}`);
    for (const { name, slice, expected, found, error } of own)
      assert.equal(found, expected, `${sample}: ${name} by ${slice.join(" ")} ${error ?? ""}`);
    const all = own[0]?.dataflow.statements.length ?? 0;
    assert.ok(
      own.some(({ slice }) => slice.length < all / 2),
      `slices of ${sample} are parts`,
    );
  }
});
