import assert from "node:assert/strict";
import { test } from "node:test";
import { projectValues } from "../../cli/src/jobs/project-parameters.ts";
import type { PipelinePlan } from "../../core/src/plan/plan.ts";
import { ProblemError } from "../../core/src/problem/problem.ts";
import { plainValue } from "../../core/src/run/parameters/parameter-value.ts";

const parameters = [
  { name: "n_trees", type: "int" },
  { name: "rate", type: "float" },
  { name: "C", type: "number" },
  { name: "columns", type: "list" },
  { name: "deep", type: "bool" },
  { name: "label", type: "str" },
  { name: "depth", type: "int", optional: true },
];
const plan = { parameters: parameters.map((parameter) => ({ help: "", ...parameter })) } as unknown as PipelinePlan;
const typed = async (texts: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    [...(await projectValues(plan, { texts }, "project"))].map(([name, value]) => [name, plainValue(value)]),
  );

test("texts of a call become what the project declares", async () => {
  const texts = {
    n_trees: "300",
    rate: "1",
    C: "0.5",
    columns: "['a', 'b']",
    deep: "false",
    label: "007",
    depth: "None",
    seed: "4",
  };
  const values = {
    n_trees: 300,
    rate: 1,
    C: 0.5,
    columns: ["a", "b"],
    deep: false,
    label: "007",
    depth: null,
    seed: 4,
  };
  assert.deepEqual(await typed(texts), values);
});

test("a value of another type and a name that is not there are told before anything runs", async () => {
  const id = async (texts: Readonly<Record<string, string>>) => {
    const error = await typed(texts).catch((reason: unknown) => reason);
    assert.ok(error instanceof ProblemError, String(error));
    return error.problem.id;
  };
  assert.equal(await id({ n_trees: "many" }), "RP143");
  assert.equal(await id({ n_tree: "3" }), "RP142");
});
