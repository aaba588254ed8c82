import assert from "node:assert/strict";
import { test } from "node:test";
import { fixesOf } from "../../../core/src/fix/fixes-of.ts";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { findings } from "../../../core/src/rules/index.ts";
import { percentNotebook } from "../plan/percent-notebook.ts";

const parser = await createPythonParser(loadGrammar());

test("what stands in a file that the notebook runs is found, and not mended in the notebook", () => {
  const secret = 'api_key = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD1"\n';
  const path = 'import pandas as pd\ndf = pd.read_csv("/home/me/shop.csv")\n';
  const of = (text: string, files: Readonly<Record<string, string>>) => {
    const analysis = analyseNotebook(percentNotebook(text, "n.ipynb"), parser, (name) => ({ text: files[name] ?? "" }));
    return findings(analysis)
      .findings.filter(({ rule }) => rule === "NB301" || rule === "NB306")
      .map((finding) => [finding.rule, finding.range.start.line, fixesOf(analysis, finding).length]);
  };
  const code = secret + path;
  assert.deepEqual(of("# %%\n%run a.py\n", { "a.py": code }), [
    ["NB301", 1, 0],
    ["NB306", 1, 0],
  ]);
  assert.deepEqual(of(`# %%\n${code}`, {}), [
    ["NB306", 1, 1],
    ["NB301", 3, 1],
  ]);
});
