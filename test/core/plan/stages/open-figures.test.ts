import assert from "node:assert/strict";
import { test } from "node:test";
import { planPipeline } from "../../../../core/src/plan/plan-pipeline.ts";
import { analysePercentNotebook } from "../../../support/percent-notebook.ts";

/** The stage of each of the statements, in a notebook whose figures are drawn on in two of its sections. */
async function stagesOf(backend: string, ...statements: readonly string[]): Promise<readonly (string | undefined)[]> {
  const analysis = await analysePercentNotebook(
    `# %%
%matplotlib ${backend}
import pandas as pd
import matplotlib.pyplot as plt
from sklearn.linear_model import Ridge
# %% [markdown]
# ## Load
# %%
df = pd.read_csv("a.csv")
df["a"] = df.a + 1
# %%
plt.scatter(df.a, df.b)
# %% [markdown]
# ## Train
# %%
model = Ridge().fit(df[["a"]], df.b)
plt.plot(df.a, model.predict(df[["a"]]))
drawn = len(plt.gca().lines)
model.drawn_ = drawn
# %% [markdown]
# ## Evaluate
# %%
score = model.score(df[["a"]], df.b)
`,
    "open.ipynb",
  );
  const planned = planPipeline(analysis);
  if (planned.outcome !== "planned") throw new Error("not planned");
  return statements.map((id) => planned.plan.stages.find((stage) => stage.statements.some((own) => own === id))?.name);
}

test("a figure that the next section draws on is drawn in one stage", async () => {
  const [loading, drawing, training, counting] = await stagesOf("notebook", "2.0", "3.0", "5.1", "5.2");
  assert.equal(drawing, training);
  assert.equal(drawing, counting);
  assert.equal(drawing, loading);
});

test("a figure that is closed with its cell keeps no stages together", async () => {
  const [drawing, training] = await stagesOf("inline", "3.0", "5.1");
  assert.notEqual(drawing, training);
});
