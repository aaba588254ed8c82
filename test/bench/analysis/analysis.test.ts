import assert from "node:assert/strict";
import { test } from "node:test";
import { requirePython } from "../../support/python.ts";
import { outcomes } from "./analysis.ts";
import { operators } from "./operators/index.ts";
import { faultsOf } from "./score.ts";

test("each kind of fault is found in a notebook that ran, and nothing sure is told that running refutes", async (context) => {
  if ((await requirePython(context, "ml")) === undefined) return;
  const all = await outcomes({ count: operators.length, seed: 7, programsOnly: true });
  assert.equal(all.length, operators.length);
  const sure = all.flatMap(({ plan, judged }) =>
    judged
      .filter(({ finding }) => finding.tier !== "hint")
      .map(({ finding, truth }) => ({ finding, truth, isControl: plan.isControl })),
  );
  assert.ok(sure.length > 15);
  const wrong = sure.filter(({ truth, isControl }) => truth === "false" || (isControl && truth !== "true"));
  assert.deepEqual(
    wrong.map(({ finding }) => `${finding.rule} cell ${finding.cell} ${finding.subject}`),
    [],
  );
  const planted = all.flatMap(({ expected }) => expected).filter(({ truth }) => truth !== "false");
  const missed = all.flatMap((outcome) => faultsOf(outcome).filter((fault) => fault.startsWith("missed")));
  assert.ok(planted.length >= 30);
  assert.deepEqual(missed, []);
});
