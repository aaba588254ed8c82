import assert from "node:assert/strict";
import { test } from "node:test";
import { planPipeline } from "../../../../core/src/plan/plan-pipeline.ts";
import { analysePercentNotebook } from "../../../support/percent-notebook.ts";

test("colours that a plot needs which cannot move to the report stay with it", async () => {
  const analysis = await analysePercentNotebook(
    `# %%
import pandas as pd
import seaborn as sns
import matplotlib.pyplot as plt
from sklearn.linear_model import Ridge
color = sns.color_palette()
# %% [markdown]
# ## Load
# %%
df = pd.read_csv("a.csv")
# %%
plt.figure()
sns.barplot(x=df.a, y=df.b, color=color[0])
# %%
df["a"] = df.a + 1
# %% [markdown]
# ## Train
# %%
model = Ridge().fit(df[["a"]], df.b)
# %%
plt.figure()
sns.barplot(x=df.a, y=df.b, color=color[1])
`,
    "colours.ipynb",
  );
  const planned = planPipeline(analysis);
  if (planned.outcome !== "planned") throw new Error("not planned");
  assert.deepEqual(
    planned.plan.stages.map(({ name }) => name),
    ["ingest", "train", "report"],
  );
  for (const { name, inputs, statements } of planned.plan.stages) {
    const uses = statements.some((id) => id === "3.1" || id === "7.1");
    const has = statements.includes("0.4") || inputs.some((input) => input.name === "color");
    assert.ok(!uses || has, `${name} does not have color`);
  }
});
