import assert from "node:assert/strict";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { projectContext } from "../../../core/src/project/context.ts";
import { definitionModule } from "../../../core/src/project/modules/definition-module.ts";
import { stageBody } from "../../../core/src/project/modules/stage-body.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { percentNotebook } from "../plan/percent-notebook.ts";

const parser = await createPythonParser(loadGrammar());

/** The plan of a notebook in percent form, with what it was made from. */
export function planned(text: string) {
  const analysis = analyseNotebook(percentNotebook(text, "shop.ipynb"), parser);
  const answer = planPipeline(analysis);
  assert.ok(answer.outcome === "planned");
  return { plan: answer.plan, analysis };
}

/** The module of definitions and the stages of a notebook whose cells are stages of their own, without marks. */
export function written(...cells: readonly string[]): { readonly module: string; readonly stages: string } {
  const text = cells.map((cell, at) => `# %% tags=reprise:stage=part_${at}\n${cell}\n`).join("");
  const { plan, analysis } = planned(text);
  const context = projectContext(plan, analysis);
  const unmarked = (lines: string) => lines.replace(/^ *# reprise-origin.*\n?/gm, "");
  return {
    module: unmarked(plan.modules.map((each) => definitionModule(context, each)).join("")),
    stages: unmarked(plan.stages.map((stage) => stageBody(context, stage).text).join("\n")),
  };
}
