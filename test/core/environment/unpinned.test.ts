import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { analyseDataflow } from "../../../core/src/dataflow/analyse.ts";
import { unpinnedImports } from "../../../core/src/environment/needs/unpinned.ts";
import { parseCells } from "../../support/cells.ts";
import { temporaryFolder } from "../../support/folder.ts";

const cells = [
  "import os\nimport pandas as pd",
  "from sklearn.svm import SVC\n%pip install scikit-learn==1.9.0",
  "import local",
];

test("an import without a version anywhere is unpinned; the standard library and local modules are not", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "local.py"), "");
  assert.deepEqual(unpinnedImports(analyseDataflow(await parseCells(cells)), folder, "3.11"), ["pandas"]);
});

test("a requirements file pins only what it names with a version", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "requirements.txt"), "pandas==3.1.1\nlocal\n");
  assert.deepEqual(unpinnedImports(analyseDataflow(await parseCells(cells)), folder, "3.11"), ["local"]);
});

test("a lock beside the notebook pins everything", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "pylock.toml"), 'lock-version = "1.0"\ncreated-by = "uv"\npackages = []\n');
  assert.deepEqual(unpinnedImports(analyseDataflow(await parseCells(cells)), folder, "3.11"), []);
});
