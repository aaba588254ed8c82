import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { planFaults } from "../../../core/src/plan/edited/plan-faults.ts";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { percentNotebook } from "./percent-notebook.ts";
import { planText } from "./plan-text.ts";

const parser = await createPythonParser(loadGrammar());
const fixtures = join(import.meta.dirname, "fixtures");

for (const file of globSync("*.py", { cwd: fixtures }).sort()) {
  const text = readFileSync(join(fixtures, file), "utf8");
  const [law = ""] = text.split("\n", 1);
  test(`${basename(file, ".py")}: ${law.replace(/^# /, "")}`, () => {
    const analysis = analyseNotebook(percentNotebook(text, "shop.ipynb"), parser);
    const planned = planPipeline(analysis);
    const made = planText(planned, analysis);
    const expected = join(fixtures, file.replace(/\.py$/, ".plan.txt"));
    if (process.env.REPRISE_UPDATE === "1" || !existsSync(expected)) writeFileSync(expected, made);
    assert.equal(made, readFileSync(expected, "utf8"));
    if (planned.outcome === "planned") assert.deepEqual(planFaults(planned.plan, analysis), []);
  });
}

const samples = join(import.meta.dirname, "..", "..", "..", "samples");

for (const file of globSync("*/*.ipynb", { cwd: samples }).sort()) {
  for (const stages of ["headings", "roles", "single", undefined] as const) {
    test(`the plan of samples/${file} keeps the invariants, cut by ${stages ?? "headings and roles"}`, () => {
      const analysis = analyseNotebook(readNotebook(readFileSync(join(samples, file), "utf8"), file), parser);
      const planned = planPipeline(analysis, stages === undefined ? {} : { stages });
      if (planned.outcome === "diagnosed") assert.ok(planned.reasons.length > 0);
      else assert.deepEqual(planFaults(planned.plan, analysis), []);
    });
  }
}
