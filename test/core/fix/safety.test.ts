/** What is not certain is not mended. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Mended, mendNotebook } from "../../../core/src/fix/mend-notebook.ts";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import type { Notebook } from "../../../core/src/notebook/model.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { findings } from "../../../core/src/rules/index.ts";
import { notebookFromText } from "../rules/notebook-from-text.ts";

const parser = await createPythonParser(loadGrammar());

function mended(text: string, select?: readonly string[]): Mended {
  const analyse = (one: Notebook) => analyseNotebook(one, parser);
  return mendNotebook({
    analysis: analyse(notebookFromText(text, "made.ipynb")),
    analyse,
    findings: (analysis) =>
      findings(analysis, select === undefined ? {} : { select }).findings.filter(({ severity }) => severity !== "info"),
  });
}

const sources = ({ notebook }: Mended) => notebook.cells.map(({ source }) => source);

interface Case {
  readonly name: string;
  readonly text: string;
  readonly select?: readonly string[];
}

const untouched: readonly Case[] = [
  {
    name: "a tidy notebook",
    text: "# %% In [1]\nimport numpy as np\n# %% In [2]\nx = np.ones(3)\n",
  },
  {
    name: "a name that everybody uses for two things",
    text: "# %% In [1]\nprint(glob('*.csv'), glob.glob('*'))\n",
  },
  {
    name: "a lost function for which two could stand",
    text: "# %% In [1]\ndef clean_rows(rows):\n    return rows\n\ndef clean_names(names):\n    return names\n# %% In [2]\nprint(clean([1]))\n",
  },
  {
    name: "a lost function whose arguments the other one does not take",
    text: "# %% In [1]\ndef clean_rows(rows):\n    return rows\n# %% In [2]\nprint(clean([1], limit=3))\n",
  },
  {
    name: "a lost function where the other one is used",
    text: "# %% In [1]\ndef clean_rows(rows):\n    return rows\n# %% In [2]\nprint(clean_rows([2]), clean([1]))\n",
  },
  {
    name: "a cell that never ran and is the only one to define what others use",
    text: "# %% In [ ]\nx = 1\n# %% In [1]\nprint(x)\n",
  },
  {
    name: "a secret that is a part of a text",
    text: '# %% In [1]\nprint(f"Bearer ghp_a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2")\n',
    select: ["NB306"],
  },
  {
    name: "two cells that need one another",
    text: "# %% In [1]\na = b\n# %% In [2]\nb = a\n",
  },
];

for (const { name, text, select } of untouched) {
  test(`left as it is: ${name}`, () => {
    const before = notebookFromText(text, "made.ipynb");
    const after = mended(text, select);
    assert.deepEqual(after.applied, []);
    assert.equal(after.notebook.text, before.text);
  });
}

test("imports are not brought above what prepares for them", () => {
  const text = [
    "# %% In [4]\nimport json\nprint(json.dumps(pi))",
    "# %% In [2]\nimport sys\nsys.path.insert(0, 'lib')\npi = json.loads('3')",
    "# %% In [3]\nfrom own import thing",
  ].join("\n");
  for (const source of sources(mended(text)))
    assert.ok(!/import sys\n.*from own|^from own import thing\nimport/.test(source));
});

test("one path in several places is one parameter, and two paths with one name are two", () => {
  const text = [
    "# %% In [1]\none = open('/home/me/a/rows.csv').read()",
    "# %% In [2]\ntwo = open('/home/me/b/rows.csv').read()\nagain = open('/home/me/a/rows.csv')",
  ].join("\n");
  assert.deepEqual(sources(mended(text, ["NB301"])), [
    "ROWS_PATH = '/home/me/a/rows.csv'\nROWS_PATH_2 = '/home/me/b/rows.csv'",
    "one = open(ROWS_PATH).read()",
    "two = open(ROWS_PATH_2).read()\nagain = open(ROWS_PATH)",
  ]);
});

test("an edited cell loses its outputs; one whose values become others loses its count, and so do those that use it", () => {
  const result = mended(
    [
      "# %% In [1]\nimport random",
      "# %% In [2]\nx = random.random()\n#> stderr one",
      "# %% In [3]\ny = x + 1\n#> stderr two",
      "# %% In [4]\nz = 5\n#> stderr three",
    ].join("\n"),
  );
  assert.deepEqual(
    result.notebook.cells.map((cell) => (cell.kind === "code" ? [cell.executionCount, cell.outputs.length] : [])),
    [
      [null, 0],
      [null, 0],
      [null, 0],
      [4, 1],
    ],
  );
  // The copy does not call the cells that it has cleared never run.
  assert.deepEqual(result.left, []);
});
