import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PythonParser } from "../../../core/src/python/ast.ts";
import { scopesOf } from "../../../core/src/python/scopes.ts";
import { withAnnotationsInPlace, withoutLocalAnnotations } from "./annotation-tables.ts";
import { asCPython } from "./as-cpython.ts";
import { asSymtable, type Table } from "./as-symtable.ts";

/** How our syntax trees and scopes compare with those of one CPython. */
export interface Conformance {
  /** Files that both read, and in them the syntax nodes and the names (of every block) that were compared. */
  files: number;
  nodes: number;
  names: number;
  /** Files that this CPython refuses. */
  refused: number;
  /** Files that CPython reads and our parser finds errors in. */
  readonly unread: string[];
  readonly differentTrees: string[];
  readonly differentScopes: string[];
  /** Files that are not compared, with the reason, by reason. */
  readonly leftOut: Map<string, number>;
}

/** What is not compared: files in whose text a pattern stands, up to a minor version where there is one; and why. */
const leftOut: readonly LeftOut[] = JSON.parse(
  readFileSync(join(import.meta.dirname, "fixtures", "left-out.json"), "utf8"),
);

interface LeftOut {
  readonly reason: string;
  readonly text?: string;
  readonly file?: string;
  readonly upTo?: number;
}

function isLeftOut({ text: pattern, file: ending, upTo = 99 }: LeftOut, file: string, text: string, minor: number) {
  const isMeant = ending === undefined || file.replaceAll("\\", "/").endsWith(ending);
  return minor <= upTo && isMeant && (pattern === undefined || new RegExp(pattern, "m").test(text));
}

const batch = 60;

/** Compares files with what `python` (3.`minor`) makes of them. */
export function compareWithCPython(
  parser: PythonParser,
  python: string,
  minor: number,
  files: readonly string[],
): Conformance {
  const result: Conformance = {
    files: 0,
    nodes: 0,
    names: 0,
    refused: 0,
    unread: [],
    differentTrees: [],
    differentScopes: [],
    leftOut: new Map(),
  };
  for (let at = 0; at < files.length; at += batch) {
    const some = files.slice(at, at + batch);
    const trees = dump<{ module: { error?: string } }>(python, "dump_ast.py", some);
    const tables = dump<{ table: Table }>(python, "dump_symtable.py", some);
    for (const file of some) compareFile(parser, minor, file, trees.get(file)?.module, tables.get(file)?.table, result);
  }
  return result;
}

function compareFile(
  parser: PythonParser,
  minor: number,
  file: string,
  tree: { error?: string } | undefined,
  table: Table | undefined,
  result: Conformance,
): void {
  if (tree === undefined || tree.error !== undefined || table === undefined) {
    result.refused++;
    return;
  }
  const text = readFileSync(file, "utf8").replace(/\r\n?/g, "\n");
  const without = leftOut.find((one) => isLeftOut(one, file, text, minor));
  if (without !== undefined) {
    result.leftOut.set(without.reason, (result.leftOut.get(without.reason) ?? 0) + 1);
    return;
  }
  const ours = parser.parse(text);
  if (ours.errors.length > 0) {
    result.unread.push(file);
    return;
  }
  result.files++;
  const made = asCPython(ours as never);
  result.nodes += count(made);
  const inTree = firstDifference(made, tree, minor);
  if (inTree !== undefined) result.differentTrees.push(`${file}: ${inTree}`);
  const scopes = asSymtable(scopesOf(ours), minor);
  result.names += namesIn(table);
  const theirs = minor >= 14 ? withAnnotationsInPlace(table) : table;
  const inScopes = firstDifference(minor >= 14 ? withoutLocalAnnotations(scopes, theirs) : scopes, theirs, minor);
  if (inScopes !== undefined) result.differentScopes.push(`${file}: ${inScopes}`);
}

/** What a script of `fixtures` prints of each file, by file. */
function dump<T>(python: string, script: string, files: readonly string[]): ReadonlyMap<string, T> {
  const { status, stdout, stderr } = spawnSync(python, [join(import.meta.dirname, "fixtures", script)], {
    input: files.join("\n"),
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr.slice(-2000)}`);
  const rows = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T & { path: string });
  return new Map(rows.map((row) => [row.path, row]));
}

function count(value: unknown): number {
  let nodes = 0;
  const waiting: unknown[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === null || typeof next !== "object") continue;
    if ("type" in next) nodes++;
    for (const inner of Object.values(next)) if (inner !== null && typeof inner === "object") waiting.push(inner);
  }
  return nodes;
}

function namesIn(table: Table): number {
  return Object.keys(table.names).length + table.children.reduce((sum, child) => sum + namesIn(child), 0);
}

/** Where two plain values differ first, with what stands there in ours and in theirs. */
function firstDifference(ours: unknown, theirs: unknown, minor: number, at = ""): string | undefined {
  if (Object.is(ours, theirs)) return undefined;
  const areObjects = typeof ours === "object" && typeof theirs === "object" && ours !== null && theirs !== null;
  if (!areObjects) return `${at}: ${shown(ours)}, not ${shown(theirs)}`;
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const one = (ours as Record<string, unknown>)[key];
    const other = (theirs as Record<string, unknown>)[key];
    // Python 3.8 gives other places to arguments and definitions; up to 3.9 aliases and some others have none.
    if (key === "at" && minor <= 8) continue;
    if (key === "at" && minor <= 9 && (other === undefined || other === null)) continue;
    const found = firstDifference(one, other, minor, `${at}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 80);
}
