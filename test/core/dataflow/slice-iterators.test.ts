import assert from "node:assert/strict";
import { test } from "node:test";
import { sliceFor } from "../../../core/src/dataflow/slice.ts";
import { analysePercentNotebook } from "../../support/percent-notebook.ts";

test("an iterator that nobody goes through needs what its names are bound to last", async () => {
  const { document } = await analysePercentNotebook(
    `# %%
values, step = [3, 1, 2], 1
# %%
left = (value + step for value in values)
lazy = map(lambda value: value * step, values)
def shifted():
    yield step
made = shifted()
# %%
values.sort()
step = 5
`,
    "left.ipynb",
  );
  for (const name of ["left", "lazy", "made"]) assert.ok(sliceFor(document, name).includes("2.1"), name);
});

test("one that the notebook goes through has read its names by then", async () => {
  const { document } = await analysePercentNotebook(
    `# %%
values, step = [3, 1, 2], 1
# %%
used = (value + step for value in values)
total = sum(used)
# %%
step = 5
`,
    "used.ipynb",
  );
  assert.deepEqual(sliceFor(document, "total"), ["0.0", "1.0", "1.1"]);
  assert.ok(!sliceFor(document, "used").includes("2.0"));
});
