import assert from "node:assert/strict";
import { test } from "node:test";
import { compare } from "../../bench/dataflow/compare.ts";
import { generatedPrograms, runCorpus, writtenPrograms } from "../../bench/dataflow/corpus.ts";
import { checkSlices, confirm } from "../../bench/dataflow/slices.ts";
import { requirePython } from "../../support/python.ts";

// `npm run bench -- dataflow` does this with hundreds of programs, and with the samples.
const groups = { generated: async () => generatedPrograms(8, 1), "hand-written": writtenPrograms };

for (const [name, programs] of Object.entries(groups)) {
  test(`no dependence that running ${name} notebooks shows is missed, and slices alone compute the same`, async (context) => {
    const python = await requirePython(context, "ml");
    if (python === undefined) return;
    const { ran } = await runCorpus(python, await programs());
    assert.ok(ran.length > 4, "most of them run");
    const candidates = ran.flatMap((one) =>
      compare(one.dataflow, one.traced).missed.map((missed) => ({ ...one, missed })),
    );
    const missed = await confirm(python, candidates);
    assert.deepEqual(
      missed.map(({ program, missed: { from, to, by } }) => `${program.name}: ${from} -> ${to} ${by}`),
      [],
    );
    const { checks } = await checkSlices(python, ran);
    assert.ok(checks.length > ran.length);
    const wrong = checks.filter(({ expected, found }) => expected !== found);
    assert.deepEqual(
      wrong.map((check) => `${check.program.name} ${check.name}: ${check.found} instead of ${check.expected}`),
      [],
    );
  });
}
