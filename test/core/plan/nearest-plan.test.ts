import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { followWish, nearestPlan } from "../../../core/src/plan/edited/nearest-plan.ts";
import { planFaults } from "../../../core/src/plan/edited/plan-faults.ts";
import { wishOf } from "../../../core/src/plan/edited/wish.ts";
import type { PipelinePlan } from "../../../core/src/plan/plan.ts";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import type { Analysis } from "../../../core/src/rules/analysis.ts";

const parser = await createPythonParser(loadGrammar());
const samples = join(import.meta.dirname, "..", "..", "..", "samples");
const subjects = globSync("*/*.ipynb", { cwd: samples })
  .sort()
  .flatMap((file) => {
    const analysis = analyseNotebook(readNotebook(readFileSync(join(samples, file), "utf8"), file), parser);
    const planned = planPipeline(analysis);
    return planned.outcome === "planned" ? [{ file, analysis, plan: planned.plan }] : [];
  });

function faults(plan: PipelinePlan | undefined, analysis: Analysis): readonly string[] {
  assert.ok(plan);
  return planFaults(plan, analysis).map(({ message }) => message);
}

describe("a plan that can be is its own nearest", () => {
  for (const { file, analysis, plan } of subjects) {
    test(file, () => assert.deepEqual(nearestPlan(plan, analysis), { plan, changes: [], reasons: [] }));
  }
});

describe("a wish that can be is followed", () => {
  for (const { file, analysis, plan } of subjects) {
    test(file, () => {
      const made = followWish(wishOf(plan), plan, analysis);
      assert.deepEqual(made.changes, []);
      assert.deepEqual(
        made.plan?.stages.map(({ name, statements }) => [name, statements]),
        plan.stages.map(({ name, statements }) => [name, statements]),
      );
      assert.deepEqual(made.plan?.parameters, plan.parameters);
    });
  }
});

test("whatever is done to a plan, the nearest one that is offered is accepted", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...subjects),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      ({ analysis, plan }, moves, isReversed) => {
        const stages = plan.stages.map((stage) => ({ ...stage, statements: [...stage.statements] }));
        for (const [from, which, to] of moves) {
          const source = stages[from % stages.length];
          const target = stages[to % stages.length];
          const [moved] = source?.statements.splice(which % Math.max(1, source.statements.length), 1) ?? [];
          if (moved !== undefined) target?.statements.push(moved);
        }
        const spoilt = { ...plan, stages: isReversed ? stages.reverse() : stages };
        const { plan: offered } = nearestPlan(spoilt, analysis);
        assert.deepEqual(faults(offered, analysis), []);
        assert.deepEqual(nearestPlan(offered as PipelinePlan, analysis), { plan: offered, changes: [], reasons: [] });
      },
    ),
    { numRuns: 60 },
  );
});
