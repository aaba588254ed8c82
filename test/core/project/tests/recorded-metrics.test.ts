import assert from "node:assert/strict";
import { test } from "node:test";
import { planPipeline } from "../../../../core/src/plan/plan-pipeline.ts";
import { projectContext } from "../../../../core/src/project/context.ts";
import { recordedMetrics } from "../../../../core/src/project/tests/recorded-metrics.ts";
import { analysePercentNotebook } from "../../../support/percent-notebook.ts";

/** What is recorded of a cell that scores a model, given its last lines and what it printed. */
async function recordedOf(lines: string, printed: string): Promise<Readonly<Record<string, number>>> {
  const source = `# %%
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.metrics import mean_absolute_error, r2_score
df = pd.read_csv("a.csv")
model = Ridge().fit(df[["a"]], df.b)
pred = model.predict(df[["a"]])
# %%
${lines}
${printed.replace(/^(?=.)/gm, "#> ")}`;
  const analysis = await analysePercentNotebook(source, "scores.ipynb");
  const planned = planPipeline(analysis);
  assert.equal(planned.outcome, "planned");
  if (planned.outcome !== "planned") return {};
  const found = recordedMetrics(projectContext(planned.plan, analysis));
  return Object.fromEntries(found.map(({ name, value }) => [name, value]));
}

const scores = "mae = mean_absolute_error(df.b, pred)\nr2 = r2_score(df.b, pred)\n";

test("a number is recorded that stands in a line which its print's words tell from all others", async () => {
  const lines = `${scores}print("MAE", mae)\nprint(f"R2: {r2:.3f} of {len(df)} rows")\nprint(df.corr())`;
  const table = "     a    b\na  1.0  0.5\nb  0.5  1.0\n";
  assert.deepEqual(await recordedOf(lines, `MAE 12.5\nR2: 0.871 of 40 rows\n${table}`), { mae: 12.5, r2: 0.871 });
  assert.deepEqual(await recordedOf(`${scores}print(f"MAE {mae:.1f}, R2 {r2:.2f}")`, "MAE 12.5, R2 0.87\n"), {
    mae: 12.5,
    r2: 0.87,
  });
});

test("values are found in texts that are formatted in any of Python's ways", async () => {
  const lines = `${scores}print("Mean error: {:.2f}".format(mae))\nprint("Share explained: %.3f (%d rows)" % (r2, 40))`;
  const printed = "Mean error: 12.50\nShare explained: 0.871 (40 rows)\n";
  assert.deepEqual(await recordedOf(lines, printed), { mae: 12.5, r2: 0.871 });
});

test("nothing is recorded where another number could be meant", async () => {
  const nothing = [
    [`${scores}print(mae)\nprint(r2)`, "12.5\n0.87\n"],
    [`${scores}print(f"R2 in percent: {r2:.1%}")\nprint(1)`, "R2 in percent: 87.1%\n1\n"],
    [`${scores}print("Share {:.0%}".format(r2))\nprint(2)`, "Share 87%\n2\n"],
    [`${scores}print("Share {0}, error {1}, share {0}".format(r2, mae))`, "Share 0.8, error 2, share 0.8\n"],
    [`${scores}print("MAE", mae)\nprint("MAE", 3)`, "MAE 12.5\nMAE 3\n"],
    [`mae = 1\nprint("MAE", mae)\n${scores}print(df.a)`, "MAE 1\n0    2\n"],
  ] as const;
  for (const [lines, printed] of nothing) assert.deepEqual(await recordedOf(lines, printed), {}, lines);
});
