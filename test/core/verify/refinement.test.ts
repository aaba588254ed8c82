import assert from "node:assert/strict";
import { test } from "node:test";
import type { PipelinePlan } from "../../../core/src/plan/plan.ts";
import { type RefinedOptions, refinementOf } from "../../../core/src/verify/refinement.ts";
import type { Verification } from "../../../core/src/verify/verdict.ts";

const stage = (name: string, statement: string, inputs: readonly (readonly [string, string])[], isReport = false) => ({
  name,
  title: name,
  statements: [statement] as const,
  inputs: inputs.map(([input, from]) => ({ name: input, from })),
  outputs: [],
  isReport,
});

const plan = {
  stages: [
    stage("ingest", "1.0", []),
    stage("features", "2.0", [["df", "ingest"]]),
    stage("train", "3.0", [["X", "features"]]),
    stage("evaluate", "4.0", [
      ["df", "ingest"],
      ["model", "train"],
    ]),
    stage("report", "5.0", [["df", "ingest"]], true),
  ],
} as unknown as PipelinePlan;

const proof = (more: Partial<Verification>): Verification => ({
  outcome: "different",
  values: [],
  outputs: [],
  nondeterministic: [],
  runs: { notebook: [], project: [] },
  tolerance: { rtol: 0, atol: 0 },
  ...more,
});

const differs = (at: string, name: string) => proof({ origin: { stage: at, cell: 1, name, message: "1 and 2" } });
const fails = (at: string, message: string) => proof({ outcome: "failed", failed: { stage: at, message } });

/** As if something else had been seen before. */
const after = (options: RefinedOptions = {}) => ({ cause: "another", options });

test("a proof that holds, and a notebook that does not run, change nothing", () => {
  for (const outcome of ["identical", "equivalent", "not-comparable"] as const) {
    assert.equal(refinementOf(plan, proof({ outcome })), undefined);
  }
});

test("the stage where they part is joined with the one that gave it the value, else with the one before it", () => {
  const given = refinementOf(plan, differs("evaluate", "df"));
  assert.deepEqual(given?.options, { together: [["1.0", "4.0"]] });
  assert.equal(given?.change, "ingest, features, train and evaluate are one stage");
  assert.match(given?.why ?? "", /df of stage evaluate \(cell 1\) differs: 1 and 2/);
  assert.deepEqual(refinementOf(plan, differs("train", "score"))?.options, { together: [["2.0", "3.0"]] });
  assert.deepEqual(refinementOf(plan, fails("features", "KeyError: 3"))?.options, { together: [["1.0", "2.0"]] });
});

test("a stage that cannot save a value is joined with the last one that takes it, not with the one before it", () => {
  const unsaved = refinementOf(plan, fails("features", "TypeError: X cannot be saved: Can't pickle <function>"));
  assert.deepEqual(unsaved?.options, { together: [["2.0", "3.0"]] });
  assert.equal(unsaved?.change, "features and train are one stage");
});

test("the earlier of a difference and a failure counts", () => {
  const both = { ...fails("evaluate", "ValueError"), origin: differs("features", "X").origin };
  assert.deepEqual(refinementOf(plan, both as Verification)?.options, { together: [["1.0", "2.0"]] });
});

test("what was learnt before is kept, and a report is looked at in place before stages are joined", () => {
  const first = refinementOf(plan, fails("report", "NameError"), after({ together: [["2.0", "3.0"]] }));
  assert.deepEqual(first?.options, { together: [["2.0", "3.0"]], exploration: "in-place" });
  const second = refinementOf(plan, fails("report", "NameError"), after(first?.options));
  assert.deepEqual(second?.options.together?.length, 2);
});

test("where the same is seen after stages were joined, no other join is tried", () => {
  const first = refinementOf(plan, differs("train", "score"));
  assert.equal(refinementOf(plan, differs("features", "score"), first)?.options.stages, "single");
  assert.equal(refinementOf(plan, differs("features", "other"), first)?.options.together?.length, 2);
});

test("at last everything is one stage; then there is nothing more to try", () => {
  const last = refinementOf(plan, differs("ingest", "df"));
  assert.deepEqual(last?.options, { stages: "single" });
  assert.equal(refinementOf(plan, differs("ingest", "df"), last), undefined);
  const one = { ...plan, stages: plan.stages.slice(0, 1) };
  assert.equal(refinementOf(one, differs("ingest", "df")), undefined);
  const patient = { together: Array.from({ length: 4 }, () => ["1.0", "2.0"] as const) };
  assert.deepEqual(refinementOf(plan, differs("train", "x"), after(patient))?.options.stages, "single");
});

test("every refinement leaves fewer stages, or is the last: no proof goes on for ever", () => {
  for (const name of ["features", "train", "evaluate"]) {
    const { options } = refinementOf(plan, differs(name, "other")) ?? {};
    assert.ok((options?.together?.length ?? 0) === 1);
  }
});
