import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { streamsDrawnBySize } from "../../../core/src/plan/draws-by-size.ts";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { percentNotebook } from "./percent-notebook.ts";

const parser = await createPythonParser(loadGrammar());

function analysed(text: string) {
  return analyseNotebook(
    percentNotebook(`# %%\nfrom sklearn import decomposition\n# %%\n${text}\n`, "n.ipynb"),
    parser,
  );
}

const calls: readonly (readonly [call: string, streams: readonly string[]])[] = [
  ["decomposition.PCA(n_components=2)", ["numpy"]],
  ["decomposition.PCA(2)", ["numpy"]],
  ["def f(k):\n    from sklearn.decomposition import PCA as P\n    return P(k)", ["numpy"]],
  ["decomposition.NMF()", ["numpy"]],
  ["decomposition.PCA()", []],
  ["decomposition.PCA(2, svd_solver='full')", []],
  ["decomposition.PCA(2, random_state=0)", []],
];

for (const [call, streams] of calls) {
  test(`draws by the size of the data: ${streams.join() || "nothing"} by ${call.replaceAll("\n", "; ")}`, () => {
    assert.deepEqual([...streamsDrawnBySize(analysed(call).document)], streams);
  });
}

test("a stream that may be drawn from by the size of the data is seeded", () => {
  const planned = planPipeline(
    analysed("import pandas as pd\nx = decomposition.PCA(2).fit_transform(pd.read_csv('a.csv'))"),
  );
  assert.deepEqual(planned.outcome === "planned" && planned.plan.seeding.seeded, ["numpy"]);
});
