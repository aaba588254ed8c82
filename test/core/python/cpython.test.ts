import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { asCPython } from "./as-cpython.ts";

/** Every ninth file of the standard library, by path, that is not larger than 100 KB: some 150 of them. */
const every = 9;

test("the tree is the one that CPython's ast gives, for a sample of the standard library", async (context) => {
  const library = run(["-c", "import os; print(os.path.dirname(os.__file__))"]);
  if (library === undefined) {
    if (process.env.REPRISE_REQUIRE === "all") assert.fail("there is no python3");
    context.skip("there is no python3");
    return;
  }
  const files = pythonFiles(library.trim()).filter((_, index) => index % every === 0);
  const dumped = run([join(import.meta.dirname, "fixtures", "dump_ast.py")], files.join("\n"));
  assert.ok(dumped !== undefined);
  const parser = await createPythonParser(loadGrammar());
  let compared = 0;
  for (const line of dumped.split("\n").filter(Boolean)) {
    const { path, module } = JSON.parse(line) as { path: string; module: { error?: string } };
    const text = readFileSync(path, "utf8").replace(/\r\n?/g, "\n");
    // Text that CPython refuses, and names of characters, which this parser does not know.
    if (module.error !== undefined || text.includes("\\N{")) continue;
    const ours = parser.parse(text);
    assert.deepEqual(ours.errors, [], path);
    assert.deepEqual(asCPython(ours as never), module, path);
    compared++;
  }
  context.diagnostic(`${compared} files compared, 0 disagreements`);
  assert.ok(compared > 100, `only ${compared} files could be compared`);
});

function run(args: readonly string[], input?: string): string | undefined {
  const { status, stdout } = spawnSync("python3", args, { input, encoding: "utf8", maxBuffer: 2 ** 30 });
  return status === 0 ? stdout : undefined;
}

function pythonFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".py") && !file.includes("site-packages"))
    .sort()
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).size <= 100_000);
}
