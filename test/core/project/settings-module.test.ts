import assert from "node:assert/strict";
import { test } from "node:test";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { generateProject } from "../../../core/src/project/generate-project.ts";
import { analysePercentNotebook } from "../../support/percent-notebook.ts";
import { formatter, templates } from "./fixtures.ts";

test("what only settings are given stands beside them, and hides no parameter of the run", async () => {
  const source = `# %%
import matplotlib.pyplot as plt
import pandas as pd
class CFG:
    steps = 20
params = {"legend.fontsize": "small"}
plt.rcParams.update(params)
SMALL = 8
plt.rc("axes", titlesize=SMALL)
plt.rc("axes", labelsize=SMALL)
# %%
pd.DataFrame({"a": range(CFG.steps)}).plot()
plt.show()
`;
  const analysis = await analysePercentNotebook(source, "looks.ipynb");
  const planned = planPipeline(analysis);
  assert.ok(planned.outcome === "planned");
  const { files } = await generateProject({ plan: planned.plan, analysis, templates, formatter });
  const settings = files.get("src/looks/settings.py")?.text ?? "";
  assert.equal(
    settings.slice(settings.indexOf("def apply")),
    `def apply(params_of_run: Params) -> None:
    """From cell 0. The notebook's configuration gets the values of this run."""
    matplotlib.use("Agg")
    CFG.steps = params_of_run.steps
    params = {"legend.fontsize": "small"}
    plt.rcParams.update(params)
    SMALL = 8
    plt.rc("axes", titlesize=SMALL)
    plt.rc("axes", labelsize=SMALL)
`,
  );
  assert.match(files.get("src/looks/__main__.py")?.text ?? "", /settings\.apply\(params\)/);
});
