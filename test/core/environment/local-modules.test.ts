import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { localModuleFiles } from "../../../core/src/environment/local-modules.ts";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";

const parser = await createPythonParser(loadGrammar());

test("the modules beside a notebook that it imports come along, with what these import", () => {
  const folder = mkdtempSync(join(tmpdir(), "reprise-local-modules-"));
  mkdirSync(join(folder, "helpers"));
  writeFileSync(join(folder, "helpers", "__init__.py"), "from .text import describe\nimport shared\n");
  writeFileSync(join(folder, "helpers", "text.py"), "def describe(): ...\n");
  writeFileSync(join(folder, "shared.py"), "LIMIT = 3\n");
  writeFileSync(join(folder, "unused.py"), "");
  const cell = {
    cell_type: "code",
    id: "a",
    metadata: {},
    source: "import helpers, numpy",
    outputs: [],
    execution_count: null,
  };
  const text = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
  const { document } = analyseNotebook(readNotebook(text, "n.ipynb"), parser);
  assert.deepEqual([...localModuleFiles(document, folder).keys()].sort(), [
    "helpers/__init__.py",
    "helpers/text.py",
    "shared.py",
  ]);
});
