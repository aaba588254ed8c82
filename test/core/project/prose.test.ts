import assert from "node:assert/strict";
import { test } from "node:test";
import type { Stage } from "../../../core/src/plan/plan.ts";
import { projectContext } from "../../../core/src/project/context.ts";
import { stageBody } from "../../../core/src/project/modules/stage-body.ts";
import { docstring } from "../../../core/src/project/modules/stage-docstring.ts";
import { stageInterface } from "../../../core/src/project/modules/stage-interface.ts";
import { proseBlocks } from "../../../core/src/project/pages/prose-lines.ts";
import { readmeView } from "../../../core/src/project/pages/readme-view.ts";
import { planned } from "./written.ts";

const notebook = `# %%
import pandas as pd
# %% [markdown]
# ## Load
# %%
df = pd.read_csv("data.csv")
print(len(df))
# %% [markdown]
# There are many rows.
# %% [markdown]
# All is well.
#
# ## Clean
#
# Rows with gaps go.
# %%
df = df.dropna()
# %% [markdown]
# Now the total.
# %%
total = df["a"].sum()
`;

test("text before the heading of another stage speaks of what it stands below, and stays there", () => {
  const { plan, analysis } = planned(notebook);
  const context = projectContext(plan, analysis);
  const [load, clean] = plan.stages.map((stage) => ({
    text: docstring(context, stage).join("\n"),
    code: stageBody(context, stage).text,
  }));
  assert.match(
    load?.code ?? "",
    /print\(len\(df\)\)[\s\S]*\n\n {4}# There are many rows\.\n {4}#\n {4}# All is well\.$/,
  );
  assert.match(clean?.text ?? "", /^ {4}"""Rows with gaps go\.\n/);
  assert.doesNotMatch(`${clean?.text}${clean?.code}`, /many rows|All is well/);
  assert.match(clean?.code ?? "", /# Now the total\.\n/);
});

test("a heading that the first comment of the code repeats is not written twice", () => {
  const { plan, analysis } = planned(`# %%
import pandas as pd
df = pd.read_csv("data.csv")
# %% [markdown]
# ### 1. Drop gaps
# %%
# Drop gaps
df = df.dropna()
# %% [markdown]
# ### Round
# %%
# Round, but only two columns
df = df.round()
`);
  const context = projectContext(plan, analysis);
  const code = plan.stages.map((stage) => stageBody(context, stage).text).join("\n");
  assert.equal(code.match(/# (?:1\. )?Drop gaps/g)?.length, 1);
  assert.match(code, /# Round\n[\s\S]*# Round, but only two columns/);
});

test("quotations are text like other text, and prompts of Python are none", () => {
  const quoted =
    "> Before:\n> - one\n> - two\n>\n> > deeper\n> lazy\n\n>>> x = 1\n\n```\n> kept\n```\n> ```\n> code\n> ```";
  assert.deepEqual(
    proseBlocks(quoted).map(({ lines }) => lines.join("|")),
    ["Before:", "- one", "- two", "deeper lazy", ">>> x = 1", "> kept", "code"],
  );
});

test("what stands above the heading of the first stage speaks of the notebook", () => {
  const { plan, analysis } = planned(`# %% [markdown]
# # Irises
#
# By somebody.
#
# ## Why
#
# For the flowers.
#
# ## Load
#
# From one file.
# %%
import pandas as pd
df = pd.read_csv("data.csv")
# %% [markdown]
# ## Clean
# %%
df = df.dropna()
df["b"] = df["a"] * 2
total = df["b"].sum()
`);
  const context = projectContext(plan, analysis);
  assert.deepEqual(
    context.prose.introduction.map(({ lines }) => lines.join("|")),
    ["Irises", "By somebody.", "Why", "For the flowers."],
  );
  assert.match(docstring(context, plan.stages[0] as Stage).join("\n"), /^ {4}"""From one file\.\n/);
});

test("what only leads to other places of the notebook is left out", () => {
  const page = `# Irises
## Table of contents
1. [Load](#Load)
2. [Clean [twice]](#Clean)

## Load
[[ back to the top ]](#top) | <a href="#end">end</a>

As [above](#Irises), from [a page](https://example.org).

## Clean
- [Load](#Load) comes first`;
  assert.deepEqual(
    proseBlocks(page).map(({ lines }) => lines.join("|")),
    ["Irises", "Load", "As above, from a page (https://example.org).", "Clean", "- Load comes first"],
  );
});

test("the page draws an arrow from a stage that writes a file to one that reads it", () => {
  const { plan, analysis } = planned(`# %% tags=reprise:stage=clean
import pandas as pd
df = pd.read_csv("data.csv").dropna()
df.to_csv("clean.csv")
# %% tags=reprise:stage=total
total = pd.read_csv("clean.csv")["a"].sum()
`);
  const context = projectContext(plan, analysis);
  const stages = plan.stages.map((stage) => stageInterface(context, stage, stageBody(context, stage)));
  const { edges } = readmeView(context, stages, []) as { edges: object[] };
  assert.deepEqual(edges, [{ from: "clean", names: "files", to: "total" }]);
});

test("what is said of a setting that several stages repeat stands in the first, and it shows no figure", () => {
  const { plan, analysis } = planned(`# %% tags=reprise:stage=load
import pandas as pd
import matplotlib.pyplot as plt
df = pd.read_csv("data.csv")
df["a"].plot()
# %% [markdown]
# Larger letters.
# %%
plt.rc("font", size=14)
# %% tags=reprise:stage=clean
df = df.dropna()
df["b"].plot()
# %% tags=reprise:stage=sort
df = df.sort_values("a")
df["c"].plot()
`);
  const context = projectContext(plan, analysis);
  const set = plan.stages
    .map((stage) => [...docstring(context, stage), stageBody(context, stage).text].join("\n"))
    .filter((code) => code.includes('plt.rc("font", size=14)'));
  assert.equal(set.length, 2);
  assert.deepEqual(
    set.map((code) => code.includes("Larger letters.")),
    [true, false],
  );
  for (const code of set) assert.doesNotMatch(code, /plt\.rc.*\n(?: *#.*\n)* *show_figures/);
});
