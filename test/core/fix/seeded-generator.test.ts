import assert from "node:assert/strict";
import { test } from "node:test";
import { seedStream } from "../../../core/src/fix/seed-stream.ts";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { findings } from "../../../core/src/rules/index.ts";
import { notebookFromText } from "../rules/notebook-from-text.ts";

const parser = await createPythonParser(loadGrammar());

/** What the mend of each draw that nothing seeds is called, and what it puts in where. */
function mends(text: string): readonly string[] {
  const analysis = analyseNotebook(notebookFromText(`# %% In [1]\n${text}\n`, "draws.ipynb"), parser);
  return findings(analysis)
    .findings.filter(({ rule }) => rule === "NB201")
    .flatMap((finding) => seedStream(analysis, finding) ?? [])
    .map(
      ({ title, edits }) =>
        `${title} ${edits.map(({ text, range }) => `${range.start.line}:${range.start.column} ${text}`)}`,
    );
}

test("a generator gets its seed where it is made: the global stream's does not reach it", () => {
  assert.deepEqual(mends("import numpy as np\nrng = np.random.default_rng()\nprint(rng.random())"), [
    "Seed the generator: `np.random.default_rng(0)` 2:29 0",
  ]);
  assert.deepEqual(mends("import numpy as np\nr = np.random.RandomState()\nprint(r.rand())"), [
    "Seed the generator: `np.random.RandomState(0)` 2:27 0",
  ]);
});

test("the global stream is seeded once, below its import", () => {
  assert.deepEqual(mends("import numpy as np\nprint(np.random.rand())\nprint(np.random.rand())"), [
    "Seed the stream: `np.random.seed(0)` 2:1 np.random.seed(0)\n",
  ]);
});
