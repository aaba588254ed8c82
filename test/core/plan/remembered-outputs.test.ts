import assert from "node:assert/strict";
import { test } from "node:test";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { analysePercentNotebook } from "../../support/percent-notebook.ts";

async function reasonsOf(source: string): Promise<readonly string[]> {
  const planned = planPipeline(await analysePercentNotebook(source, "outputs.ipynb"));
  return planned.outcome === "planned"
    ? []
    : planned.reasons.map(({ rule, cell, subject }) => `${rule} ${cell} ${subject}`);
}

test("what IPython remembers of earlier cells is a diagnosis: no script has it", async () => {
  const source =
    "# %%\nx = 3\nx + 4\n# %%\ny = _ * 2\n# %%\nz = Out[1] + 1\n# %%\ndef last():\n    return _2\nlast()\n";
  assert.deepEqual(await reasonsOf(source), ["NB116 1 _", "NB116 2 Out", "NB116 3 _2"]);
});

test("an underscore of the notebook's own is a name like others", async () => {
  const source = "# %%\na, _ = 1, 2\nb = [3 for _ in range(2)]\n# %%\nprint(_, b)\n";
  assert.deepEqual(await reasonsOf(source), []);
  assert.deepEqual(await reasonsOf("# %%\nb = [_ for _ in range(2)]\nf = lambda _: _ + 1\nprint(b, f(1))\n"), []);
});
