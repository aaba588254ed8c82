import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import type { Analysis } from "../../../core/src/rules/analysis.ts";
import { type NotebookStop, stopText } from "../../../core/src/verify/notebook-stop.ts";
import { notebookFromText } from "../rules/notebook-from-text.ts";

const parser = await createPythonParser(loadGrammar());

const text = `
# %% In [ ]
# %% In [1]
import numpy as np
def half(x):
    return np.float(x) / 2
# %% In [2]
print(1)
half(1)
# %% In [3]
%%time
x = 1
np.nothing
# %% In [4]
missing + 1
`;
const notebook = notebookFromText(text, "stop.ipynb");
const analysis = { ...analyseNotebook(notebook, parser), unpinned: ["numpy"] };
const ran = [0, 1, 2, 3, 4];

const told = (stop: NotebookStop, known?: Analysis) => stopText(stop, notebook, ran, known);

const removed: NotebookStop = {
  cell: 2,
  name: "AttributeError",
  message: "module 'numpy' has no attribute 'float'.\n`np.float` was a deprecated alias",
  traceback: [
    "\u001b[31mAttributeError\u001b[39m                            Traceback (most recent call last)",
    "\u001b[36mCell\u001b[39m\u001b[36m \u001b[39m\u001b[32mIn[2]\u001b[39m\u001b[32m, line 2\u001b[39m\n      1 print(1)\n----> 2 half(1)\n",
    "Cell In[1], line 3, in half(x)\n      2 def half(x):\n----> 3     return np.float(x) / 2\n",
    "AttributeError: module 'numpy' has no attribute 'float'.",
  ],
};

test("where a notebook stops is told by its own lines, from the cell that ran to where the error was raised", () => {
  assert.equal(
    told(removed),
    "line 2 of cell 2 (half(1)) stops with AttributeError: module 'numpy' has no attribute 'float', " +
      "raised in line 3 of cell 1 (return np.float(x) / 2).",
  );
});

test("what the analysis predicts for one of the lines is the mend", () => {
  assert.match(told(removed, analysis), /`numpy\.float` is gone since version 1\.24, .* Use float instead/);
  const undefinedName = {
    cell: 4,
    name: "NameError",
    message: "name 'missing' is not defined",
    traceback: ["Cell In[4], line 1\n----> 1 missing + 1\n"],
  };
  assert.match(told(undefinedName, analysis), /not defined\. `missing` is used here .* Bring the definition back/);
  assert.doesNotMatch(told({ ...undefinedName, name: "ZeroDivisionError" }, analysis), /Define it/);
});

test("what an error says is gone from a library is known where the analysis could not know the type", () => {
  const mend = (name: string, message: string) => told({ cell: 4, name, message, traceback: [] }, analysis);
  assert.match(
    mend("AttributeError", "'DataFrame' object has no attribute 'as_matrix'"),
    /`pandas\.DataFrame\.as_matrix` is gone since version 1\.0\. Use to_numpy\(\) instead/,
  );
  assert.match(
    mend("ImportError", "cannot import name 'load_boston' from 'sklearn.datasets' (/env/sklearn/datasets/__init__.py)"),
    /Use sklearn\.datasets\.fetch_california_housing instead/,
  );
  assert.match(mend("ModuleNotFoundError", "No module named 'pandas.tools'"), /`pandas\.tools` is gone/);
  assert.match(
    mend("TypeError", "FacetGrid.__init__() got an unexpected keyword argument 'size'"),
    /`seaborn\.FacetGrid` takes no `size` since version 0\.12\. Use height instead/,
  );
  assert.match(
    mend("TypeError", "barplot() takes from 0 to 1 positional arguments but 2 were given"),
    /`seaborn\.barplot` takes only the first argument by position/,
  );
  assert.match(mend("AttributeError", "'Thing' object has no attribute 'append'"), /a library has changed since/);
});

test("what a library does in another way now is known by its error", () => {
  const mend = (name: string, message: string, code: string) =>
    told({ cell: 4, name, message, traceback: [`Cell In[4], line 1\n----> 1 ${code}\n`] }, analysis);
  assert.match(
    mend("TypeError", "dtype 'str' does not support operation 'mean'", "frame.mean()"),
    /Since pandas 2\.0, columns of text are no longer left out\. Pass numeric_only=True, or pin/,
  );
  assert.match(
    mend(
      "ValueError",
      "The number of FixedLocator locations (9), usually from a call to set_ticks",
      "plt.xticks(a, b)",
    ),
    /as many labels as ticks/,
  );
  assert.match(
    mend(
      "OSError",
      "'seaborn-white' is not a valid package style, path of style file",
      'plt.style.use("seaborn-white")',
    ),
    /`matplotlib.pyplot.style.use` takes no `style="seaborn-white"` since version 3\.8\. Use style="seaborn-v0_8-white"/,
  );
  const own = mend("ValueError", "could not convert string to float: 'a'", "float(x)");
  assert.ok(own.endsWith("could not convert string to float: 'a'."), own);
});

test("a line in a timed cell is counted with the magic's own", () => {
  const stop = {
    cell: 3,
    name: "AttributeError",
    message: "module 'numpy' has no attribute 'nothing'",
    traceback: [
      "Cell In[3], line 1\n----> 1 get_ipython().run_cell_magic('time', '', 'x = 1\\nnp.nothing\\n')\n",
      "File <timed exec>:2\n      1 'Could not get source'",
    ],
  };
  assert.match(told(stop), /^line 3 of cell 3 \(np\.nothing\) stops with AttributeError/);
});

test("an error of changed libraries that nothing predicts asks for older versions, where nothing pins them", () => {
  const stop = { cell: 2, name: "TypeError", message: "f() got an unexpected keyword argument 'k'", traceback: [] };
  assert.match(told(stop, analysis), /^cell 2 stops with TypeError: .*'k'\. If this ran once, .* --as-of DATE\.$/);
  const { unpinned: _, ...pinned } = analysis;
  assert.equal(told(stop, pinned), told(stop));
  assert.equal(told({ ...stop, name: "ValueError" }, analysis), told({ ...stop, name: "ValueError" }));
});

test("what no Python error ended is told by its cell", () => {
  assert.equal(
    told({ cell: 1, name: "Timeout", message: "it did not end within 5 s", traceback: [] }, analysis),
    "cell 1 stops with Timeout: it did not end within 5 s.",
  );
});

const messages: readonly (readonly [message: string, told: string])[] = [
  [
    "\nAll the 10 fits failed.\nIt is very likely that your model is misconfigured.",
    "ValueError: All the 10 fits failed",
  ],
  [
    "Error downloading a.gz:\nTried http://a.org, got:\n<urlopen error>",
    "ValueError: Error downloading a.gz: Tried http://a.org, got",
  ],
  ["could not convert:", "ValueError: could not convert"],
  ["", "ValueError"],
];

for (const [message, said] of messages) {
  test(`the message of an error is told by what it says first: ${JSON.stringify(message)}`, () => {
    const stop = { cell: 4, name: "ValueError", message, traceback: ["Cell In[4], line 1\n----> 1 missing + 1\n"] };
    assert.equal(told(stop), `line 1 of cell 4 (missing + 1) stops with ${said}.`);
  });
}
