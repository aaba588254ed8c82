import assert from "node:assert/strict";
import { test } from "node:test";
import { planPipeline } from "../../../../core/src/plan/plan-pipeline.ts";
import { analysePercentNotebook } from "../../../support/percent-notebook.ts";

const heading = (text: string) => `# %% [markdown]\n# ${text}\n`;

/** A section of six cells that compute and show. */
function section(name: string): string {
  const cells = Array.from({ length: 5 }, (_, at) => `# %%\n${name} = ${name} * ${at + 2}\nprint(${name})\n`);
  return `# %%\nimport numpy as np\n${name} = np.ones(3)\n${cells.join("")}`;
}

test("a title with a cell of its own above a chapter hides none of the chapter's sections", async () => {
  const analysis = await analysePercentNotebook(
    `${heading("# The book")}# %%\nimport check\ncheck.versions({'numpy': '1.21'})\n${heading("# Chapter 13")}` +
      `${heading("## Computing gradients")}${section("gradients")}${heading("## Solving a problem")}${section("solved")}`,
    "chapter.ipynb",
  );
  const planned = planPipeline(analysis);
  assert.ok(planned.outcome === "planned");
  const cellsOf = planned.plan.stages.map(({ statements }) => new Set(statements.map((id) => Number.parseInt(id, 10))));
  const held = (cell: number) => cellsOf.findIndex((cells) => cells.has(cell));
  const [first, second] = ["gradients", "solved"].map((name) =>
    analysis.notebook.cells.findIndex(({ source }) => source.includes(`${name} = np.ones(3)`)),
  );
  assert.notEqual(held(first as number), -1);
  assert.notEqual(held(first as number), held(second as number));
});
