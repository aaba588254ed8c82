import assert from "node:assert/strict";
import { test } from "node:test";
import { sliceFor } from "../../../core/src/dataflow/slice.ts";
import { analysePercentNotebook } from "../../support/percent-notebook.ts";

const notebook = `# %%
import numpy as np
import pandas as pd
# %%
pd.set_option("display.max_rows", 5)
np.seterr(all="raise")
# %%
table = pd.DataFrame({"a": np.arange(100) / 3})
total = table["a"].sum()
text = table.to_string()
page = table._repr_html_()
message = f"{table}"
`;

test("a text that a table is written as needs the options of how it is written, a number does not", async () => {
  const { document } = await analysePercentNotebook(notebook, "options.ipynb");
  const options = "1.0";
  for (const name of ["text", "page", "message"]) assert.ok(sliceFor(document, name).includes(options), name);
  assert.ok(!sliceFor(document, "total").includes(options));
});

test("a setting that changes what is computed belongs to every value of its library", async () => {
  const { document } = await analysePercentNotebook(notebook, "options.ipynb");
  assert.ok(sliceFor(document, "total").includes("1.1"));
});
