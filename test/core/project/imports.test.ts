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

test("of what is imported from __future__, only what changes something in Python 3 is in the project", async () => {
  const source = `# %%
from __future__ import print_function, division, annotations
# %%
def half(x: int) -> float:
    return x / 2
# %%
print(half(3))
`;
  const analysis = await analysePercentNotebook(source, "halves.ipynb");
  const planned = planPipeline(analysis);
  if (planned.outcome !== "planned") throw new Error("not planned");
  const { files } = await generateProject({ plan: planned.plan, analysis, templates, formatter });
  const code = [...files].filter(([path]) => path.endsWith(".py")).map(([, { text }]) => text);
  assert.ok(code.some((text) => text.includes("def half(")));
  for (const text of code) assert.doesNotMatch(text, /print_function|division/);
  assert.match(files.get("src/halves/definitions.py")?.text ?? "", /^from __future__ import annotations$/m);
});
