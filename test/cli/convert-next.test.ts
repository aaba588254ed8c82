import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { answerOf } from "../../cli/src/jobs/convert/convert-answer.ts";
import { loadGrammar } from "../../core/src/host/assets.ts";
import { planPipeline } from "../../core/src/plan/plan-pipeline.ts";
import { createPythonParser } from "../../core/src/python/parser.ts";
import { analyseNotebook } from "../../core/src/rules/analyse.ts";
import { notebookFromText } from "../core/rules/notebook-from-text.ts";

test("a conversion says what to do next: prove it, run what is proven, mend a notebook that does not run", async () => {
  const notebook = notebookFromText("# %% In [1]\nx = [1]\n", "my wine.ipynb");
  const analysis = analyseNotebook(notebook, await createPythonParser(loadGrammar()));
  const planned = planPipeline(analysis, {});
  assert.ok(planned.outcome === "planned");
  const { plan } = planned;
  const project = { package: "wine", python: "3.11", files: new Map(), copies: new Map(), stages: [] };
  const next = (proof?: Parameters<typeof answerOf>[3]) => {
    const answer = answerOf({ outcome: "converted", analysis, plan, project, findings: [] }, "wine", false, proof);
    return stripVTControlCharacters(answer.text()).split("\n").at(-1);
  };
  assert.equal(next(), "Next: reprise verify 'my wine.ipynb' wine --environment kernel");
  assert.equal(next("different"), next());
  assert.equal(next("identical"), "Next: reprise run wine");
  assert.equal(
    next("not-comparable"),
    "Next: mend the notebook there, then reprise convert 'my wine.ipynb' -o wine --prove",
  );
});
