import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsText } from "../../../cli/src/terminal/findings-text.ts";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { findings } from "../../../core/src/rules/index.ts";
import { notebookFromText } from "../../core/rules/notebook-from-text.ts";

const parser = await createPythonParser(loadGrammar());

test("findings with one cause tell it once, and each its own place", () => {
  const cells = [
    "# %% In [1]\nfrom sklearn.linear_model import Ridge\nX, y = [[1], [2]], [1, 2]",
    "# %% In [5]\nmodel = Ridge(alpha=0.1).fit(X, y)",
    "# %% In [3]\nmodel.coef_\n#> result In [3] 1",
    "# %% In [4]\nmodel.intercept_\n#> result In [4] 0",
  ];
  const notebook = notebookFromText(cells.join("\n"), "study.ipynb");
  const found = findings(analyseNotebook(notebook, parser), { select: ["NB106"] }).findings;
  assert.equal(found.length, 2);
  const text = findingsText(notebook, found);
  assert.equal(text.match(/The saved output is older than what it was made of/g)?.length, 1);
  assert.match(
    text,
    /study\.ipynb:cell 3:1:1 [^\n]*NB106[^\n]*\n[^\n]*model\.intercept_\n[^\n]*\n {2}`model`: the cause is that of cell 2 above\./,
  );
});
