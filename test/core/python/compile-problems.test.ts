import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { compileProblems } from "../../../core/src/python/refused/compile-problems.ts";
import { installedCPythons } from "../../support/cpythons.ts";

const parser = await createPythonParser(loadGrammar());
const fixtures = join(import.meta.dirname, "fixtures");

/** The texts of a file, parted by `# %%`. */
function texts(name: string): readonly string[] {
  return readFileSync(join(fixtures, "compiled", name), "utf8")
    .split(/^# %%\n/m)
    .slice(1)
    .map((text) => text.replace(/\n$/, ""));
}

function problemsOf(text: string): readonly string[] {
  const module = parser.parse(text);
  return [...module.errors, ...compileProblems(module, text)].map(({ message }) => message);
}

/** What the newest CPython that is here says of the texts; skips the test where none is new enough for them. */
function refusals(
  context: TestContext,
  given: readonly string[],
  first: number,
): readonly (string | null)[] | undefined {
  const newest = installedCPythons().findLast(({ minor }) => minor >= first);
  if (newest === undefined) {
    context.skip(`no CPython from 3.${first} on is installed`);
    return undefined;
  }
  const { stdout } = spawnSync(newest.python, [join(fixtures, "compile_each.py")], {
    input: JSON.stringify(given),
    encoding: "utf8",
  });
  return JSON.parse(stdout);
}

/** Files of texts, with the first Python 3 that they are meant for. */
const toldAlike = { "told-alike.txt": 11, "told-alike-3.13.txt": 13 };

for (const [name, first] of Object.entries(toldAlike)) {
  test(`a text is refused where CPython's own compiler refuses it, and nowhere else: ${name}`, (context) => {
    const given = texts(name);
    const theirs = refusals(context, given, first);
    theirs?.forEach((refusal, at) => {
      const text = given[at] as string;
      const ours = problemsOf(text);
      assert.equal(ours.length > 0, refusal !== null, `${text}\nCPython: ${refusal}\nhere: ${ours.join("; ")}`);
    });
  });
}

test("no file of CPython's standard library that compiles is refused", (context) => {
  const [newest] = installedCPythons().slice(-1);
  if (newest === undefined) return context.skip("no CPython is installed");
  for (const name of ["argparse", "dataclasses", "enum", "inspect", "typing", "asyncio/tasks", "unittest/mock"]) {
    const text: string = readFileSync(join(newest.library, `${name}.py`), "utf8");
    assert.deepEqual(compileProblems(parser.parse(text), text), [], name);
  }
});

test("whatever the text, checking it ends, and every problem has a place in it", () => {
  const pieces = fc.constantFrom(
    "if x:",
    "\n",
    "    ",
    "\t",
    "(",
    ")",
    "'",
    '"""',
    "\\",
    "x = 1",
    "return",
    "*a, ",
    "# c",
    ":",
    "\r\n",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const text = parts.join("");
      for (const { start, end } of compileProblems(parser.parse(text), text)) {
        assert.ok(0 <= start && start <= end && end <= text.length);
      }
    }),
  );
  const deep = `${"(".repeat(50_000)}x${")".repeat(50_000)}`;
  const long = "if x:\n    y = [1,\n2]\n".repeat(20_000);
  for (const text of [deep, long, "x = '".repeat(20_000), "lambda: ".repeat(5_000)]) {
    assert.ok(compileProblems(parser.parse(text), text).length >= 0);
  }
});
