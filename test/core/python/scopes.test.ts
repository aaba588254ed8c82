import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import type { Scope } from "../../../core/src/python/scope.ts";
import { globalNames, scopesOf } from "../../../core/src/python/scopes.ts";

/** What dump_symtable.py writes of a block. */
interface Table {
  readonly kind: string;
  readonly name: string;
  readonly names: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly children: readonly Table[];
}

/** Every sixth file of the standard library, by path, that is not larger than 100 KB. */
const every = 6;

const parser = await createPythonParser(loadGrammar());

test("names live where CPython's symtable says, for a sample of the standard library", (context) => {
  const library = run(["-c", "import os; print(os.path.dirname(os.__file__))"]);
  if (library === undefined) {
    if (process.env.REPRISE_REQUIRE === "all") assert.fail("there is no python3");
    context.skip("there is no python3");
    return;
  }
  const version = Number(run(["-c", "import sys; print(sys.version_info[1])"]));
  if (version >= 12) {
    context.skip("comprehensions are no blocks of their own since Python 3.12");
    return;
  }
  const files = readdirSync(library.trim(), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".py") && !file.includes("site-packages") && !file.endsWith("test_grammar.py"))
    .sort()
    .map((file) => join(library.trim(), file))
    .filter((file, index) => index % every === 0 && statSync(file).size <= 100_000);
  const dumped = run([join(import.meta.dirname, "fixtures", "dump_symtable.py")], files.join("\n"));
  assert.ok(dumped !== undefined);
  let compared = 0;
  for (const line of dumped.split("\n").filter(Boolean)) {
    const { path, table } = JSON.parse(line) as { path: string; table: Table };
    const text = readFileSync(path, "utf8").replace(/\r\n?/g, "\n");
    // Annotations that are not evaluated are no references to CPython; here they are.
    if (text.includes("import annotations")) continue;
    assert.deepEqual(shape(scopesOf(parser.parse(text))), table, path);
    compared++;
  }
  context.diagnostic(`${compared} files compared, 0 disagreements`);
  assert.ok(compared > 100, `only ${compared} files could be compared`);
});

function shape(scope: Scope): Table {
  const names = [...scope.names].map(([name, { isAnnotated: _, ...use }]) => [name, use] as const);
  return {
    kind: scope.kind === "comprehension" || scope.kind === "lambda" ? "function" : scope.kind,
    name: scope.name,
    names: Object.fromEntries(names),
    children: scope.children.map(shape),
  };
}

function run(args: readonly string[], input?: string): string | undefined {
  const { status, stdout } = spawnSync("python3", args, { input, encoding: "utf8", maxBuffer: 2 ** 30 });
  return status === 0 ? stdout : undefined;
}

test("the global names of a statement are those that its functions read too, not their own", () => {
  const [statement] = parser.parse(
    "def f(a, b=limit):\n    c = a + rate\n    return [c * x for x in rows if x < a]",
  ).body;
  assert.ok(statement);
  assert.deepEqual([...globalNames(statement)].sort(), ["f", "limit", "rate", "rows"]);
});
