import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { planFaults } from "../../../core/src/plan/edited/plan-faults.ts";
import type { PipelinePlan } from "../../../core/src/plan/plan.ts";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import type { Analysis } from "../../../core/src/rules/analysis.ts";
import { percentNotebook } from "./percent-notebook.ts";

const parser = await createPythonParser(loadGrammar());

function planned(text: string): { readonly plan: PipelinePlan; readonly analysis: Analysis } {
  const analysis = analyseNotebook(percentNotebook(text, "lesson.ipynb"), parser);
  const found = planPipeline(analysis, { stages: "headings" });
  assert.equal(found.outcome, "planned");
  return { plan: (found as { readonly plan: PipelinePlan }).plan, analysis };
}

/** In which stages a statement stands. */
function stagesOf({ stages }: PipelinePlan, id: string): readonly string[] {
  return stages.filter(({ statements }) => statements.includes(id as `${number}.${number}`)).map(({ name }) => name);
}

const head = `# %%
import numpy as np
import pandas as pd
# %% [markdown]
# # Load
# %%
df = pd.read_csv("data.csv")
print(df)
mode = "warn" if len(df) > 3 else "raise"
`;
const tail = `# %% [markdown]
# # Train
# %%
share = df["a"].to_numpy() / df["b"].to_numpy()
print(share)
# %% [markdown]
# # Save
# %%
np.save("share.npy", share)
print(share.sum())
`;

test("a setting that reads a value which stays the same stands in each stage that can notice it", () => {
  const { plan } = planned(`${head}np.seterr(divide=mode)\n${tail}`);
  assert.ok(plan.stages.length > 1);
  assert.ok(stagesOf(plan, "2.3").length > 1, JSON.stringify(plan.stages));
});

test("what notices a setting that reads a value which is another later is one stage with it", () => {
  const { plan } = planned(`${head}np.seterr(divide=mode)\nmode = "done"\n${tail}`);
  const [own, ...others] = stagesOf(plan, "2.3");
  assert.deepEqual(others, []);
  assert.deepEqual(stagesOf(plan, "4.0"), [own]);
});

test("so is it with a setting that a function of the notebook makes", () => {
  const { plan } = planned(
    `${head}def strict():\n    np.seterr(divide="raise")\n    return mode\nused = strict()\n${tail}`,
  );
  const [own] = stagesOf(plan, "2.4");
  assert.deepEqual(stagesOf(plan, "4.0"), [own]);
});

test("a function that does nothing but set is called in each stage that can notice it", () => {
  const styled = `${head}def style(size=9):\n    """How it looks."""\n    pd.set_option("display.precision", size)\nstyle(4)\n${tail}`;
  const { plan } = planned(styled);
  assert.ok(stagesOf(plan, "2.4").length > 1, JSON.stringify(plan.stages));
});

test("in a plan that is given, settings may stand in several stages, and nothing else that binds nothing", () => {
  const { plan, analysis } = planned(`${head}np.seterr(divide="raise")\n${tail}`);
  assert.deepEqual(planFaults(plan, analysis), []);
  const [first, second] = plan.stages;
  assert.ok(first !== undefined && second !== undefined);
  const twice = {
    ...plan,
    stages: [first, { ...second, statements: ["2.1" as const, ...second.statements] }, ...plan.stages.slice(2)],
  };
  assert.match(planFaults(twice, analysis)[0]?.message ?? "", /statement 2\.1 stands in/);
});

test("a log that the notebook looks at, or that begins anew, is set up where it stands, and once", () => {
  const steps = 'logging.info("read")\n# %% [markdown]\n# # Train\n# %%\nlogging.info("fitted")\n';
  for (const [setUp, look] of [
    ["buffer = io.StringIO()\nlogging.basicConfig(stream=buffer, level=10)", "print(buffer.getvalue())"],
    ["buffer = None\nlogging.basicConfig(filename='run.log', filemode='w', level=10)", "print(open('run.log').read())"],
  ] as const) {
    const { plan } = planned(`# %% [markdown]\n# # Load\n# %%\nimport io\nimport logging\n${setUp}\n${steps}${look}\n`);
    assert.deepEqual(plan.settings, []);
    assert.equal(stagesOf(plan, "1.3").length, 1, look);
    assert.equal(stagesOf(plan, "1.3")[0], stagesOf(plan, "3.1")[0], look);
  }
});

test("what a setting is given is there where the setting stands, also where it colours nothing but figures", () => {
  const { plan } = planned(`# %%
import matplotlib.pyplot as plt
import numpy as np
from matplotlib import cycler
# %% [markdown]
# # Before
# %%
x = np.random.randn(9)
plt.hist(x);
# %%
colors = cycler("color", ["#EE6666", "#3388BB"])
plt.rc("axes", prop_cycle=colors)
# %%
plt.hist(x);
# %% [markdown]
# # After
# %%
for i in range(4):
    plt.plot(np.random.rand(10))
`);
  const withColors = plan.stages.filter(({ statements }) => statements.includes("3.1"));
  assert.ok(withColors.length > 0);
  for (const { name, statements, inputs } of withColors)
    assert.ok(statements.includes("3.0") || inputs.some((input) => input.name === "colors"), `${name} has no colors`);
});

test("a logger is found again by its name: no stage hands it on, and functions that log need not be given it", () => {
  const { plan } = planned(`# %% [markdown]
# # Load
# %%
import logging
import pandas as pd
logging.basicConfig(level=logging.INFO)
logger = logging.getLogger("rows")
def told(rows):
    logger.info("%d rows", len(rows))
    return rows
# %%
rows = told(pd.read_csv("a.csv"))
# %% [markdown]
# # Train
# %%
from sklearn.linear_model import Ridge
model = Ridge().fit(rows[["a"]], rows.b)
logger.info("fitted")
`);
  assert.equal(plan.stages.length, 2);
  assert.ok(plan.stages.every(({ inputs }) => inputs.every(({ name }) => name !== "logger")));
  const [module] = plan.modules;
  assert.deepEqual(module?.statements, ["1.3", "1.4"]);
  assert.deepEqual(module?.lifts, []);
});

test("a logger that a function sets up writes what every stage logs: all that log are one stage with it", () => {
  const { plan, analysis } = planned(`# %%
import logging
import pandas as pd

def make_logger(path):
    log = logging.getLogger("steps")
    log.addHandler(logging.FileHandler(path))
    return log

logger = make_logger("run.log")
# %% [markdown]
# # Load
# %%
rows = pd.read_csv("rows.csv")
logger.warning("loaded")
# %% [markdown]
# # Train
# %%
from sklearn.linear_model import LinearRegression
model = LinearRegression().fit(rows[["x"]], rows["y"])
logger.warning("fitted")
# %% [markdown]
# # Save
# %%
rows["z"] = model.predict(rows[["x"]])
rows.to_csv("predicted.csv")
rows.describe().to_csv("described.csv")
`);
  const logging = analysis.document.statements.filter(({ calls }) =>
    calls.some(({ text }) => /^(logger|make_logger)\b/.test(text)),
  );
  const stages = new Set(logging.map(({ id }) => plan.stages.findIndex(({ statements }) => statements.includes(id))));
  assert.equal(logging.length, 3);
  assert.deepEqual([...stages], [0]);
  assert.ok(plan.stages.length > 1);
});
