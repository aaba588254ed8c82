import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { looksIntoGlobals } from "../../../core/src/project/edits/scope-edits.ts";
import type * as ast from "../../../core/src/python/ast.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";

const parser = await createPythonParser(loadGrammar());

/** How many calls of `globals()` in a statement only look. */
function looks(source: string): number {
  return looksIntoGlobals(parser.parse(source).body[0] as ast.Stmt).length;
}

test("what is looked up in globals() is looked up among the stage's variables", () => {
  for (const source of [
    'text = "{f1}".format(**globals())',
    'text = "%(f1)s" % globals()',
    'value = globals()["f1"]',
    'value = globals().get("f1")',
    'if "f1" not in globals():\n    f1 = 0',
  ])
    assert.equal(looks(source), 1, source);
});

test("what is written to globals(), and what a function looks up when it is called, stays", () => {
  for (const source of [
    'globals()["f1"] = 1',
    'del globals()["f1"]',
    "globals().update(f1=1)",
    "def find(name):\n    return globals()[name]",
  ])
    assert.equal(looks(source), 0, source);
});
