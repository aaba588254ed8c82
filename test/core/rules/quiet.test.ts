import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { AnalysisSession } from "../../../core/src/rules/analysis-session.ts";
import { findings } from "../../../core/src/rules/index.ts";
import { notebookFromText } from "./notebook-from-text.ts";

const parser = await createPythonParser(loadGrammar());

function notebook(...cells: readonly string[]) {
  return notebookFromText(cells.map((cell, at) => `# %% In [${at + 1}]\n${cell}\n`).join(""), "quiet.ipynb");
}

/** Names that the rules call undefined. */
function undefinedIn(...cells: readonly string[]): readonly (string | undefined)[] {
  return findings(analyseNotebook(notebook(...cells), parser), { select: ["NB101", "NB102", "NB103"] }).findings.map(
    ({ subject }) => subject,
  );
}

test("a magic without its percent sign is no undefined name", () => {
  assert.deepEqual(undefinedIn("ls", "pwd", "ls -la", "matplotlib inline"), []);
});

test("magics that code calls by name may bind any name where they run code", () => {
  assert.deepEqual(undefinedIn("ip = get_ipython()\nip.run_line_magic('time', 'q = 3')", "print(q)"), []);
  assert.deepEqual(undefinedIn("get_ipython().run_cell('v = 9')", "print(v)"), []);
  assert.deepEqual(undefinedIn("get_ipython().run_line_magic('matplotlib', 'inline')", "print(w)"), ["w"]);
});

test("type parameters are no names of the notebook", () => {
  const generic = "class A[T]:\n    def m(self, x: T) -> T:\n        return x";
  assert.deepEqual(undefinedIn("def f[T: int = str, *Ts](x: T, *rest: *Ts) -> T:\n    return x", generic), []);
  assert.deepEqual(undefinedIn("def f[T](x: T) -> U:\n    return x"), ["U"]);
});

test("a session reads a line anew when its word becomes a name", () => {
  const session = new AnalysisSession(parser);
  const names = (cells: readonly string[]) =>
    session.analyse(notebook(...cells)).document.statements.map(({ accesses }) => accesses.length > 0);
  assert.deepEqual(names(["ls", "x = 1"]), names(["ls", "x = 1"]));
  const bound = ["ls", "ls = 1"];
  const read = session.analyse(notebook(...bound)).document.cells[0]?.translation.python;
  assert.equal(read, "ls");
});
