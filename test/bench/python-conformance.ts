import { appendFileSync, existsSync, globSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadGrammar } from "../../core/src/host/assets.ts";
import type { PythonParser } from "../../core/src/python/ast.ts";
import { createPythonParser } from "../../core/src/python/parser.ts";
import { type Conformance, compareWithCPython, sumOf } from "../core/python/conformance.ts";
import type { FileConformance } from "../core/python/file-conformance.ts";
import { cpythonInWasm } from "../support/cpython-wasm/cpython-wasm.ts";
import { describeCPython, installedCPythons } from "../support/cpythons.ts";
import { testPython } from "../support/python.ts";
import { table } from "./measure.ts";
import type { BenchOptions } from "./options.ts";
import { textsInTests } from "./python-texts.ts";

/** A CPython, and the files that it and we read. */
interface Subject {
  readonly name: string;
  readonly python: string;
  readonly minor: number;
  readonly files: readonly string[];
}

/**
 * Syntax trees and scopes beside CPython's own `ast` and `symtable`, for every CPython that is installed here, and for a
 * newer one that is compiled to WebAssembly: over its whole standard library, and over the scientific packages of the
 * test environment. And which texts of CPython's own tests it refuses. `count` takes only so many files of each. A folder of `keep` holds what was found the same, a line a
 * file: a run that was cut off, or after `minutes`, goes on there, and what differed is compared anew.
 */
export async function pythonConformance({ count, keep, minutes = Infinity }: BenchOptions): Promise<string> {
  const parser = await createPythonParser(loadGrammar());
  const end = performance.now() + minutes * 60_000;
  const { subjects, missing } = await subjectsHere();
  const rows: string[][] = [];
  const explained: string[] = [...missing];
  for (const { name, files, ...subject } of subjects) {
    const chosen = sample(files, count);
    const found = await compared(parser, { name, files: chosen, ...subject }, keep, () => performance.now() >= end);
    const result = sumOf(found);
    rows.push([name, ...cells(result)]);
    explained.push(...explain(name, result));
    if (found.length < chosen.length)
      explained.push(`- ${name}: ${chosen.length - found.length} files are yet to be compared`);
  }
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
  const newest = installedCPythons().findLast(({ minor }) => minor >= 13);
  const texts =
    newest === undefined
      ? "- No CPython from 3.13 on is installed: the texts in its tests are left out."
      : textsInTests(parser, newest, count);
  return [table(head, rows), explained.join("\n"), texts].join("\n\n");
}

/** And what is missing here. */
async function subjectsHere(): Promise<{ readonly subjects: readonly Subject[]; readonly missing: readonly string[] }> {
  const subjects: Subject[] = [];
  const missing: string[] = [];
  for (const { python, version, minor, library } of installedCPythons())
    subjects.push({ name: `${version}, standard library`, python, minor, files: standardLibrary(library) });
  try {
    const { python, version, minor, library } = cpythonInWasm();
    subjects.push({ name: `${version}, standard library`, python, minor, files: standardLibrary(library) });
    const newSyntax = join(import.meta.dirname, "..", "core", "python", "fixtures", "new-syntax");
    subjects.push({ name: `${version}, what is new in it`, python, minor, files: pythonFiles(newSyntax) });
  } catch (error) {
    missing.push(`- CPython 3.14 is left out: ${(error as Error).message}`);
  }
  const about = describeCPython(await testPython("ml"));
  if (about !== undefined) {
    const { python, version, minor, packages } = about;
    subjects.push({ name: `${version}, scientific packages`, python, minor, files: pythonFiles(packages) });
  }
  return { subjects, missing };
}

function standardLibrary(folder: string): readonly string[] {
  return pythonFiles(folder).filter((file) => !file.includes("site-packages"));
}

function pythonFiles(folder: string): readonly string[] {
  return globSync(join(folder, "**/*.py")).sort();
}

/** So many files, spread evenly. */
function sample(files: readonly string[], count = files.length): readonly string[] {
  if (files.length <= count) return files;
  return Array.from({ length: count }, (_, at) => files[Math.floor((at * files.length) / count)] as string);
}

/** What is known of the files of a subject when all are compared, or `isOver`. */
async function compared(
  parser: PythonParser,
  { name, python, minor, files }: Subject,
  keep: string | undefined,
  isOver: () => boolean,
): Promise<readonly FileConformance[]> {
  const kept = keep === undefined ? undefined : join(keep, `python-${name.replace(/\W+/g, "-")}.jsonl`);
  const known = kept === undefined ? [] : keptIn(kept, new Set(files));
  if (keep !== undefined) mkdirSync(keep, { recursive: true });
  const found = [...known];
  const done = new Set(known.map(({ file }) => file));
  const waiting = files.filter((file) => !done.has(file));
  if (isOver()) return found;
  for await (const one of compareWithCPython(parser, python, minor, waiting)) {
    found.push(one);
    if (kept !== undefined && isSame(one)) appendFileSync(kept, `${JSON.stringify(one)}\n`);
    process.stderr.write(`\r${name}: ${found.length} of ${files.length} `);
    if (isOver()) break;
  }
  return found;
}

function keptIn(file: string, wanted: ReadonlySet<string>): readonly FileConformance[] {
  if (!existsSync(file)) return [];
  const kept = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.endsWith("}"))
    .map((line) => JSON.parse(line) as FileConformance)
    .filter((one) => wanted.has(one.file));
  return [...new Map(kept.map((one) => [one.file, one])).values()];
}

function isSame(one: FileConformance): boolean {
  if (one.outcome === "compared") return one.tree === undefined && one.scopes === undefined;
  return one.outcome === "refused";
}

function cells(result: Conformance): string[] {
  const { files, nodes, names, differentTrees, differentScopes, unread, refused, leftOut } = result;
  const left = [...leftOut.values()].reduce((sum, one) => sum + one, 0);
  return [files, nodes, differentTrees.length, names, differentScopes.length, unread.length, refused, left].map(
    (number) => number.toLocaleString("en"),
  );
}

function explain(name: string, { differentTrees, differentScopes, unread, leftOut }: Conformance): string[] {
  const line = (what: string, files: readonly string[]) => files.map((file) => `- ${name}: ${what}: ${file}`);
  return [
    ...line("the tree differs", differentTrees),
    ...line("the scopes differ", differentScopes),
    ...line("not read", unread),
    ...[...leftOut].map(([reason, files]) => `- ${name}: ${files} files left out: ${reason}`),
  ];
}
