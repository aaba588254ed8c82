import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { installedCPythons } from "../../support/cpythons.ts";
import { compareWithCPython, sumOf } from "./conformance.ts";

/** So many files of the standard library of each CPython, spread evenly; `npm run bench -- python` takes all. */
const files = 40;

const cpythons = installedCPythons();

test("trees and scopes are those of CPython's ast and symtable, for a sample of each installed standard library", async (context) => {
  if (cpythons.length === 0) {
    if (process.env.REPRISE_REQUIRE === "all") assert.fail("there is no CPython");
    context.skip("there is no CPython");
    return;
  }
  const parser = await createPythonParser(loadGrammar());
  for (const { python, version, minor, library } of cpythons) {
    const all = globSync(join(library, "**/*.py"))
      .filter((file) => !file.includes("site-packages"))
      .sort();
    const sample = Array.from({ length: files }, (_, at) => all[Math.floor((at * all.length) / files)] as string);
    const found = await Array.fromAsync(compareWithCPython(parser, python, minor, sample));
    const { differentTrees, differentScopes, unread, ...rest } = sumOf(found);
    assert.deepEqual(
      { differentTrees, differentScopes, unread },
      { differentTrees: [], differentScopes: [], unread: [] },
    );
    assert.ok(rest.files > files / 2, `only ${rest.files} files of Python ${version} could be compared`);
    context.diagnostic(
      `Python ${version}: ${rest.files} files, ${rest.nodes} nodes, ${rest.names} names, all the same`,
    );
  }
});

/** Files of what the grammar reads otherwise, with the first Python 3 that takes them. */
const gaps = { "grammar-gaps.py": 10, "grammar-gaps-3.11.py": 11, "grammar-gaps-3.13.py": 13 };

for (const [name, first] of Object.entries(gaps)) {
  test(`what the grammar reads otherwise than Python is as CPython has it: ${name}`, async (context) => {
    const able = cpythons.filter(({ minor }) => minor >= first);
    if (able.length === 0) {
      context.skip(`there is no CPython from 3.${first} on`);
      return;
    }
    const parser = await createPythonParser(loadGrammar());
    const file = join(import.meta.dirname, "fixtures", name);
    for (const { python, minor } of able) {
      const [compared] = await Array.fromAsync(compareWithCPython(parser, python, minor, [file]));
      assert.ok(compared?.outcome === "compared", JSON.stringify(compared));
      assert.deepEqual({ tree: compared.tree, scopes: compared.scopes }, { tree: undefined, scopes: undefined });
    }
  });
}
