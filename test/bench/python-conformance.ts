import { globSync } from "node:fs";
import { join } from "node:path";
import { loadGrammar } from "../../core/src/host/assets.ts";
import { createPythonParser } from "../../core/src/python/parser.ts";
import { type Conformance, compareWithCPython } from "../core/python/conformance.ts";
import { cpythonInWasm } from "../support/cpython-wasm/cpython-wasm.ts";
import { describeCPython, installedCPythons } from "../support/cpythons.ts";
import { testPython } from "../support/python.ts";
import { table } from "./measure.ts";
import type { BenchOptions } from "./options.ts";

/**
 * Syntax trees and scopes beside CPython's own `ast` and `symtable`, for every CPython that is installed here, and for a
 * newer one that is compiled to WebAssembly: over its whole standard library, and over the scientific packages of the test environment. `count` takes only so many files of
 * each; `keep` is not used.
 */
export async function pythonConformance({ count }: BenchOptions): Promise<string> {
  const parser = await createPythonParser(loadGrammar());
  const rows: string[][] = [];
  const explained: string[] = [];
  const compare = (name: string, python: string, minor: number, folder: string) => {
    const files = sample(
      globSync(join(folder, "**/*.py")).sort(),
      name.endsWith("library") ? /site-packages/ : /^$/,
      count,
    );
    const result = compareWithCPython(parser, python, minor, files);
    rows.push([name, ...cells(result)]);
    explained.push(...explain(name, result));
  };
  for (const { python, version, minor, library } of installedCPythons())
    compare(`${version}, standard library`, python, minor, library);
  try {
    const { python, version, minor, library } = cpythonInWasm();
    compare(`${version}, standard library`, python, minor, library);
    compare(
      `${version}, what is new in it`,
      python,
      minor,
      join(import.meta.dirname, "..", "core", "python", "fixtures", "new-syntax"),
    );
  } catch (error) {
    explained.push(`- CPython 3.14 is left out: ${(error as Error).message}`);
  }
  const python = await testPython("ml");
  const about = describeCPython(python);
  if (about !== undefined) compare(`${about.version}, scientific packages`, python, about.minor, about.packages);
  const head = [
    "CPython",
    "files",
    "nodes",
    "trees that differ",
    "names",
    "scopes that differ",
    "unread",
    "refused by it",
    "left out",
  ];
  return `${table(head, rows)}\n\n${explained.join("\n")}`;
}

function sample(files: readonly string[], without: RegExp, count: number | undefined): readonly string[] {
  const all = files.filter((file) => !without.test(file));
  if (count === undefined || all.length <= count) return all;
  const every = all.length / count;
  return Array.from({ length: count }, (_, at) => all[Math.floor(at * every)] as string);
}

function cells(result: Conformance): string[] {
  const { files, nodes, names, differentTrees, differentScopes, unread, refused, leftOut } = result;
  const left = [...leftOut.values()].reduce((sum, one) => sum + one, 0);
  return [files, nodes, differentTrees.length, names, differentScopes.length, unread.length, refused, left].map(
    (number) => number.toLocaleString("en"),
  );
}

function explain(name: string, { differentTrees, differentScopes, unread, leftOut }: Conformance): string[] {
  const line = (what: string, files: readonly string[]) =>
    files.slice(0, 20).map((file) => `- ${name}: ${what}: ${file}`);
  return [
    ...line("the tree differs", differentTrees),
    ...line("the scopes differ", differentScopes),
    ...line("not read", unread),
    ...[...leftOut].map(([reason, files]) => `- ${name}: ${files} files left out: ${reason}`),
  ];
}
