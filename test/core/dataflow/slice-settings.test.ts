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

const drawing = `# %%
import pandas as pd
import matplotlib.pyplot as plt
import frobnicate
# %%
plt.style.use("ggplot")
# %%
def draw(table):
    return table.plot()
table = pd.DataFrame({"a": [1, 2]})
# %%
drawn = draw(table)
unknown = frobnicate.draw(table)
each = [one(table) for one in [lambda given: given["a"].plot()]]
total = pd.Series([1, 2]).sum()
`;

test("settings of figures belong to whoever draws in a function, and to whoever calls what nobody knows", async () => {
  const { document } = await analysePercentNotebook(drawing, "drawing.ipynb");
  for (const name of ["drawn", "unknown", "each"]) assert.ok(sliceFor(document, name).includes("1.0"), name);
  assert.ok(!sliceFor(document, "total").includes("1.0"));
});

const assigned = `# %%
import numpy as np
import pandas as pd
import seaborn as sns
import torch
# %%
pd.options.mode.copy_on_write = True
pd.options.display.width = 100
# %%
def set_up():
    torch.backends.cudnn.deterministic = True
set_up()
# %%
table = sns.load_dataset("tips")
text = str(table)
layer = torch.nn.Linear(1, 1)
size = len([3])
`;

test("what is assigned in a library is a setting, in a function too, and for whoever is given its objects", async () => {
  const { document } = await analysePercentNotebook(assigned, "assigned.ipynb");
  assert.deepEqual(sliceFor(document, "table"), ["0.1", "0.2", "1.0", "3.0"]);
  assert.deepEqual(sliceFor(document, "text"), ["0.1", "0.2", "1.0", "1.1", "3.0", "3.1"]);
  assert.deepEqual(sliceFor(document, "layer"), ["0.3", "2.0", "2.1", "3.2"]);
  assert.deepEqual(sliceFor(document, "size"), ["3.3"]);
});

const filters = `# %%
import warnings
import numpy as np
# %%
warnings.simplefilter("FILTER")
# %%
try:
    ratio = np.log(np.zeros(1))
except RuntimeWarning:
    ratio = None
total = np.ones(3).sum()
`;

test("a filter that makes errors of warnings belongs to whoever catches them, and no other filter to anybody", async () => {
  for (const [filter, belongs] of [
    ["error", true],
    ["ignore", false],
  ] as const) {
    const { document } = await analysePercentNotebook(filters.replace("FILTER", filter), "filters.ipynb");
    assert.equal(sliceFor(document, "ratio").includes("1.0"), belongs, filter);
    assert.ok(!sliceFor(document, "total").includes("1.0"));
  }
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
