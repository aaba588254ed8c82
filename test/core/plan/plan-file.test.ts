import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { followPlan } from "../../../core/src/plan/edited/follow-plan.ts";
import { readPlanFile } from "../../../core/src/plan/edited/plan-file.ts";
import { statementPrints } from "../../../core/src/plan/edited/statement-prints.ts";
import type { PipelinePlan } from "../../../core/src/plan/plan.ts";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import type { Analysis } from "../../../core/src/rules/analysis.ts";
import { percentNotebook } from "./percent-notebook.ts";

const parser = await createPythonParser(loadGrammar());

const cells = [
  "import pandas as pd\nimport numpy as np",
  "df = pd.read_csv('data.csv')",
  "df = df.dropna()\ndf['ratio'] = df['a'] / df['b']",
  "from sklearn.linear_model import LogisticRegression\nmodel = LogisticRegression(max_iter=500)\nmodel.fit(df[['a', 'ratio']], df['y'])",
  "predicted = model.predict(df[['a', 'ratio']])",
  "accuracy = (predicted == df['y']).mean()",
  "print(accuracy)",
];

function analysisOf(sources: readonly string[]): Analysis {
  const text = sources.map((source) => `# %%\n${source}\n`).join("\n");
  return analyseNotebook(percentNotebook(text, "study.ipynb"), parser);
}

function planOf(analysis: Analysis): PipelinePlan {
  const planned = planPipeline(analysis, { stages: "roles" });
  assert.ok(planned.outcome === "planned");
  return planned.plan;
}

type Path = readonly (string | number)[];

/** A plan with another value at a path (`+` at its end: one more in the list there), or without what is there. */
function edited(plan: PipelinePlan, path: Path, value?: unknown): PipelinePlan {
  const copy = structuredClone(plan);
  let at = copy as unknown as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as typeof at;
  const last = path.at(-1) as string | number;
  if (last === "+") (at as unknown as unknown[]).push(value);
  else if (value === undefined && Array.isArray(at)) at.splice(Number(last), 1);
  else if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

const analysis = analysisOf(cells);
const original = planOf(analysis);
const textOf = (plan: unknown, prints = statementPrints(analysis)) =>
  `${JSON.stringify({ ...(plan as object), statements: prints }, null, 2)}\n`;

/** What is told about a plan: the problem, and the text that its place points to. */
async function toldOf(plan: PipelinePlan) {
  const text = textOf(plan);
  const problem = await problemOf(text);
  assert.ok(problem?.place?.line !== undefined && problem.place.column !== undefined);
  return { ...problem, line: text.split("\n")[problem.place.line - 1]?.slice(problem.place.column - 1) ?? "" };
}

async function problemOf(text: string) {
  try {
    const followed = followPlan(await readPlanFile(text, "plan.json"), analysis);
    return "problem" in followed ? followed.problem.problem : undefined;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}

test("a plan that was written is read again, and followed as it is", async () => {
  const followed = followPlan(await readPlanFile(textOf(original), "plan.json"), analysis);
  assert.deepEqual(followed, { plan: original, notes: [] });
  const project = JSON.stringify({
    schema: "reprise.project/1",
    plan: original,
    statements: statementPrints(analysis),
  });
  assert.deepEqual(followPlan(await readPlanFile(project, "reprise.json"), analysis), { plan: original, notes: [] });
});

describe("a plan that cannot be is refused at its place", () => {
  const [one, two] = original.stages;
  assert.ok(one !== undefined && two !== undefined);
  const faults: readonly (readonly [string, string, PipelinePlan, RegExp, RegExp])[] = [
    [
      "a cell that is not there",
      "RP122",
      edited(original, ["stages", 0, "statements", "+"], "99.0"),
      /99\.0/,
      /^"99\.0"/,
    ],
    ["a cell in the order", "RP122", edited(original, ["order", "cells", "+"], 99), /cell 99/, /^99/],
    ["an order that nobody ran", "RP122", edited(original, ["order", "cells"], [1, 0]), /order/, /^\[/],
    [
      "a statement that stands twice",
      "RP122",
      edited(original, ["stages", 1, "statements", "+"], "1.0"),
      /1\.0 stands in/,
      /^"1\.0"/,
    ],
    ["two stages of one name", "RP122", edited(original, ["stages", 1, "name"], one.name), /two stages/, /^"/],
    ["no stages", "RP120", edited(original, ["stages"], []), /stages must NOT have fewer/, /^\[\]/],
    ["a key that is missing", "RP120", edited(original, ["stages", 0, "outputs"]), /stages\[0\].*outputs/, /^{/],
    ["a text for a list", "RP120", edited(original, ["stages", 0, "statements"], "all"), /must be array/, /^"all"/],
    [
      "a statement's name that is none",
      "RP120",
      edited(original, ["settings", "+"], "first"),
      /settings\[0\]/,
      /^"first"/,
    ],
    ["another schema", "RP120", edited(original, ["schema"], "reprise.plan/7"), /schema must be/, /^"reprise.plan\/7"/],
  ];
  for (const [name, id, plan, says, points] of faults) {
    test(name, async () => {
      const told = await toldOf(plan);
      assert.equal(told.id, id);
      assert.match(told.message, says);
      assert.match(told.line, points);
      assert.notEqual(told.mend, "");
    });
  }
});

describe("a plan in which only what crosses its stages is wrong is followed, with that made anew", () => {
  const two = original.stages[1];
  assert.ok(two !== undefined);
  const plans: readonly (readonly [string, PipelinePlan, RegExp])[] = [
    ["an input from no stage", edited(original, ["stages", 1, "inputs", 0, "from"], "nowhere"), /no stage of the plan/],
    ["a cycle", edited(original, ["stages", 0, "inputs", "+"], { name: two.outputs[0], from: two.name }), /a cycle/],
    ["an input that is missing", edited(original, ["stages", 1, "inputs", 0]), /nothing gives it/],
    ["an output that nobody makes", edited(original, ["stages", 0, "outputs", "+"], "ghost"), /neither makes/],
  ];
  for (const [name, plan, says] of plans) {
    test(name, async () => {
      const titled = edited(plan, ["stages", 0, "title"], "My own words");
      const followed = followPlan(await readPlanFile(textOf(titled), "plan.json"), analysis);
      assert.ok("plan" in followed);
      assert.match(followed.notes.join(), /made anew: /);
      assert.match(followed.notes.join(), says);
      const { notes, ...rest } = edited(followed.plan, ["stages", 0, "title"], original.stages[0]?.title);
      const { notes: before, ...expected } = original;
      assert.deepEqual(rest, expected);
      assert.deepEqual(notes, [...before, ...followed.notes]);
    });
  }
});

test("a statement that would find another version of a value is refused, although every stage is given all", async () => {
  // `df = df.dropna()` behind what was computed from its result.
  const index = original.stages.findIndex(({ statements }) => statements.includes("2.0"));
  const others = original.stages[index]?.statements.filter((id) => id !== "2.0") ?? [];
  const plan = edited(original, ["stages", index, "statements"], [...others, "2.0"]);
  const problem = await problemOf(textOf(plan));
  assert.match(problem?.message ?? "", /another df than in the notebook: 2\.0 would not have run on it/);
});

for (const [name, text] of [
  ["no text", ""],
  ["cut off", textOf(original).slice(0, 300)],
  ["a list", "[]"],
  ["null", "null"],
  ["a number", "7"],
  ["very deep", "[".repeat(100_000)],
] as const) {
  test(`a plan file that is ${name} is refused`, async () => {
    const problem = await problemOf(text);
    assert.equal(problem?.id, "RP120");
    assert.equal(problem?.place?.line !== undefined, true);
  });
}

test("a notebook that changed follows its plan: by what statements are, not where they stand", async () => {
  const own = original.stages[0]?.name ?? "";
  const plan = JSON.parse(JSON.stringify(original).replaceAll(`"${own}"`, '"read"'));
  const changed = analysisOf([
    "# nothing\nprint('start')",
    ...cells.map((cell) => cell.replace("max_iter=500", "max_iter=900")),
    "f1 = accuracy * 2",
  ]);
  const followed = followPlan(await readPlanFile(textOf(plan), "plan.json"), changed);
  assert.ok("plan" in followed);
  assert.equal(followed.plan.stages[0]?.name, "read");
  assert.equal(followed.plan.parameters.find(({ name }) => name === "max_iter")?.default, 900);
  assert.ok(followed.plan.stages.some(({ statements }) => statements.includes("8.0")));
  assert.match(followed.notes.join(" "), /new in the notebook/);
  assert.match(followed.notes.join(" "), /changed since the plan was made/);
});
