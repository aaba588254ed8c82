import assert from "node:assert/strict";
import { test } from "node:test";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { generateProject } from "../../../core/src/project/generate-project.ts";
import { analysePercentNotebook } from "../../support/percent-notebook.ts";
import { formatter, templates } from "./fixtures.ts";

test("an import below a condition comes with the imports that the condition reads", async () => {
  const source = `# %%
from packaging.version import Version
from scipy import __version__ as scipy_version
if Version(scipy_version) >= Version("1.4.1"):
    from numpy import interp
else:
    from scipy import interp
# %%
print(interp(2, [1, 3], [1, 3]))
`;
  const analysis = await analysePercentNotebook(source, "curves.ipynb");
  const planned = planPipeline(analysis);
  if (planned.outcome !== "planned") throw new Error("not planned");
  const { files } = await generateProject({ plan: planned.plan, analysis, templates, formatter });
  const text = files.get("src/curves/pipeline.py")?.text ?? "";
  assert.match(text, /from numpy import interp/);
  assert.match(text, /^from packaging\.version import Version$/m);
  assert.match(text, /^from scipy import __version__ as scipy_version$/m);
});
