import assert from "node:assert/strict";
import { test } from "node:test";
import { mendNotebook } from "../../../core/src/fix/mend-notebook.ts";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import type { Notebook } from "../../../core/src/notebook/model.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { findings } from "../../../core/src/rules/index.ts";
import { notebookFromText } from "../rules/notebook-from-text.ts";

const parser = await createPythonParser(loadGrammar());

/** The cells of the mended notebook. */
function mended(text: string): readonly string[] {
  const analyse = (notebook: Notebook) => analyseNotebook(notebook, parser);
  const { notebook } = mendNotebook({
    analysis: analyse(notebookFromText(text, "history.ipynb")),
    analyse,
    findings: (analysis) => findings(analysis).findings.filter(({ rule }) => rule === "NB116"),
  });
  return notebook.cells.map(({ source }) => source);
}

test("a result without a record of a run is the newest that is surely shown", () => {
  assert.deepEqual(mended("# %% In [ ]\n[1, 2]\n# %% In [ ]\nx = 3\nprint(x)\n# %% In [ ]\ny = _ + [x]\n"), [
    "result = [1, 2]\nresult",
    "x = 3\nprint(x)",
    "y = result + [x]",
  ]);
});

test("a name that was shown is read under its name, unless it is another value by then", () => {
  const cells = "# %% In [1]\nx = [3]\nx\n#> result In [1] [3]\n# %% In [2]\ny = _1\n";
  assert.deepEqual(mended(cells)[1], "y = x");
  const bound = cells.replace("In [2]\n", "In [2]\nx = 4\n");
  assert.deepEqual(mended(bound), ["x = [3]\nresult = x\nresult", "x = 4\ny = result"]);
});

test("a name is chosen that the notebook has no word for", () => {
  const cells = "# %% In [ ]\nresult = 1\nresult + 1\n# %% In [ ]\nprint(_)\n";
  assert.deepEqual(mended(cells), ["result = 1\nresult_2 = result + 1\nresult_2", "print(result_2)"]);
});

for (const [name, text] of Object.entries({
  "a semicolon hides it": "# %% In [1]\n1 + 1;\n# %% In [2]\ny = _\n",
  "a call may have given None": "# %% In [ ]\nfill()\n# %% In [ ]\ny = _\n",
  "the run that is recorded had another order":
    "# %% In [5]\n1 + 1\n#> result In [5] 2\n# %% In [2]\ny = _\n# %% In [3]\ny = Out[5]\n",
  "the number is another cell's from top to bottom":
    "# %% In [ ]\nx = 1\n# %% In [7]\nx + 1\n#> result In [7] 2\n# %% In [8]\ny = Out[7]\n",
  "a function reads it when it is called": "# %% In [ ]\n1 + 1\n# %% In [ ]\ndef f():\n    return _2 + _\nprint(f())\n",
  "a command gives it": "# %% In [ ]\n%pwd\n# %% In [ ]\ny = _\n",
  "it stands below": "# %% In [ ]\ny = Out[2]\n# %% In [ ]\n1 + 1\n",
})) {
  test(`a result is left as it is read where ${name}`, () => {
    assert.deepEqual(
      mended(text),
      notebookFromText(text, "history.ipynb").cells.map(({ source }) => source),
    );
  });
}
