import assert from "node:assert/strict";
import { test } from "node:test";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { generateProject } from "../../../core/src/project/generate-project.ts";
import { analysePercentNotebook } from "../../support/percent-notebook.ts";
import { formatter, templates } from "./fixtures.ts";

async function modulesOf(cells: readonly string[]): Promise<string> {
  const analysis = await analysePercentNotebook(cells.map((cell) => `# %%\n${cell}\n`).join(""), "timed.ipynb");
  const planned = planPipeline(analysis);
  if (planned.outcome !== "planned") throw new Error("not planned");
  const { files } = await generateProject({ plan: planned.plan, analysis, templates, formatter });
  return [...files]
    .filter(([path]) => path.startsWith("src/"))
    .map(([, { text }]) => text)
    .join("\n");
}

const start = ["from sklearn.linear_model import Ridge\nmodel = Ridge()\nx, y = [[1.0], [2.0]], [1, 2]"];
const end = ["print(model.predict(x))"];

test("what %timeit changes is done once, and what it only measures is left out", async () => {
  const modules = await modulesOf([...start, "%timeit -n 3 model.fit(x, y)", "%%timeit\nsum(y)", ...end]);
  assert.equal(modules.split("model.fit(x, y)").length, 2);
  assert.doesNotMatch(modules, /timeit|sum\(y\)/);
});

test("code under %timeit that binds names of its own and changes others is done once, and keeps its names", async () => {
  const modules = await modulesOf([
    ...start,
    "%%timeit size = 2\nfor _ in range(size):\n    fitted = model.fit(x, y)",
    ...end,
  ]);
  assert.match(
    modules,
    /def timed_code\(\):\n {8}size = 2\n {8}for _ in range\(size\):\n {12}fitted = model\.fit\(x, y\)/,
  );
  assert.match(modules, /^ {4}timed_code\(\)$/m);
});

test("below a condition, where no function can stand, it is diagnosed at its cell", async () => {
  const source = [...start, "if y:\n    %timeit fitted = model.fit(x, y)", ...end];
  await assert.rejects(modulesOf(source), ({ problem }: { problem?: { id: string; place?: { cell?: number } } }) => {
    assert.deepEqual([problem?.id, problem?.place?.cell], ["RP126", 1]);
    return true;
  });
});
