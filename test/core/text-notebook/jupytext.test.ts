import assert from "node:assert/strict";
import { cpSync, globSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";
import { requirePython } from "../../support/python.ts";
import { misplacedLines, type PlainCell, plainCells, readText } from "./read-text.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const samples = join(import.meta.dirname, "..", "..", "..", "samples");

/** What is hard to keep in a script. */
const tricky = [
  "%matplotlib inline\nimport os",
  "%%time\nx = 1\n# %% a comment",
  "%%bash\necho hi\n# comment\n\nls",
  "files = !ls\nprint(files)\n!ls \\\n  -l",
  "os?\nos.path??",
  '"""\n# %% in a string\n%magic in it\n"""',
  "# %time is commented already\n# # twice",
  "def f():\n    %time 1\n    return 2",
  "",
  "x = 1\n\n\n",
  "\n\ny = 2",
  "ls\ncd ..\ncat = 3\nprint(cat)",
  { kind: "markdown" as const, source: "# Title\n\n```python\n# %%\n```\n\n+++\n\ntext" },
  { kind: "markdown" as const, source: "" },
  { source: "n = 1", tags: ["parameters", "a b"] },
  "import numpy as np; np.zeros(3)\n%timeit np.ones(2)\n#!shebang\n#no blank",
  "s = 'it\\'s' # don't\nt = \"# %%\"",
];

test("a comment that begins with a command's name stays one where jupytext did not write the script", async () => {
  const notebook = await readText("# %%\n# copy the data\n# %time x\n", "script.py");
  assert.equal(notebook.cells[0]?.source, "# copy the data\n%time x");
});

test("jupytext's cells are ours, for percent scripts and MyST: the samples, tricky notebooks, and files by hand", async (context) => {
  const python = await requirePython(context, "notebooks");
  if (python === undefined) return;
  const folder = temporaryFolder(context);
  for (const path of globSync("*/*.ipynb", { cwd: samples })) {
    cpSync(join(samples, path), join(folder, basename(path)));
  }
  for (const path of globSync("{percent/*.py,myst/*.md}", { cwd: fixtures })) {
    cpSync(join(fixtures, path), join(folder, basename(path)));
  }
  writeFileSync(join(folder, "tricky.ipynb"), notebookText(tricky));
  const { code, stdout, stderr } = await runProcess(python, [join(import.meta.dirname, "jupytext.py"), folder]);
  assert.equal(code, 0, stderr);
  const answers = JSON.parse(stdout) as Record<string, { text: string; cells: PlainCell[] }>;
  assert.ok(Object.keys(answers).length >= 15);
  for (const [name, { text, cells }] of Object.entries(answers)) {
    if (!/^# ?%%|code-cell/m.test(text)) continue;
    const notebook = await readText(text, name);
    assert.deepEqual(plainCells(notebook), cells, name);
    assert.deepEqual(misplacedLines(notebook), [], name);
  }
});
