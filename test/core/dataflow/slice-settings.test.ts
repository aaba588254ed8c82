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

test("a setting that a function makes belongs to what comes after the call", async () => {
  const { document } = await analysePercentNotebook(
    `# %%
import numpy as np
# %%
def set_up():
    np.seterr(all="raise")
set_up()
# %%
logs = np.log(np.arange(1, 4))
text = "of numbers"
`,
    "options.ipynb",
  );
  assert.deepEqual(sliceFor(document, "logs"), ["0.0", "1.0", "1.1", "2.0"]);
  assert.deepEqual(sliceFor(document, "text"), ["2.1"]);
});

const logging = `# %%
import logging
# %%
logging.getLogger().setLevel(logging.DEBUG)
# %%
logger = logging.getLogger("training")
logger.setLevel("INFO")
# %%
def train(rounds):
    logger.info("%s rounds", rounds)
    return rounds + 1
rounds = train(3)
# %%
logging.info("trained")
# %%
level = logger.getEffectiveLevel()
own = logger.level
# %%
def is_verbose():
    return logging.getLogger().isEnabledFor(10)
verbose = is_verbose()
`;

test("levels of loggers belong to whoever asks for one or logs, and to nobody else", async () => {
  const { document } = await analysePercentNotebook(logging, "logging.ipynb");
  const levels = ["1.0", "2.1"] as const;
  for (const wanted of ["level", "own", "verbose", 4]) {
    for (const one of levels) assert.ok(sliceFor(document, wanted).includes(one), `${one} for ${wanted}`);
    assert.ok(!sliceFor(document, wanted).includes("3.1"), `3.1 for ${wanted}`);
  }
  assert.deepEqual(sliceFor(document, "rounds"), ["0.0", "2.0", "3.0", "3.1"]);
});
