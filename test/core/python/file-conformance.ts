import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PythonParser } from "../../../core/src/python/ast.ts";
import { scopesOf } from "../../../core/src/python/scopes.ts";
import { withAnnotationsInPlace, withoutLocalAnnotations } from "./annotation-tables.ts";
import { asCPython } from "./as-cpython.ts";
import { asSymtable, type Table } from "./as-symtable.ts";
import { firstDifference } from "./first-difference.ts";

/** How our syntax tree and scopes of one file compare with those of one CPython. */
export type FileConformance = { readonly file: string } & (
  | {
      readonly outcome: "compared";
      /** Syntax nodes, and names of every block, that were compared. */
      readonly nodes: number;
      readonly names: number;
      /** Where the trees, or the scopes, differ first. */
      readonly tree?: string;
      readonly scopes?: string;
    }
  /** This CPython refuses the file. */
  | { readonly outcome: "refused" }
  /** CPython reads the file and our parser finds errors in it. */
  | { readonly outcome: "unread"; readonly error: string }
  | { readonly outcome: "left out"; readonly reason: string }
);

/** What the scripts of `fixtures` print of a file. */
export interface Dumped {
  readonly tree: { readonly module?: object; readonly refused?: string; readonly tooDeep?: true } | undefined;
  readonly table: { readonly table?: Table; readonly refused?: string; readonly tooDeep?: true } | undefined;
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

/** Compares a file with what a CPython 3.`minor` made of it. */
export function compareFile(
  parser: PythonParser,
  minor: number,
  file: string,
  { tree, table }: Dumped,
): FileConformance {
  if (tree === undefined || table === undefined || tree.tooDeep || table.tooDeep)
    return { file, outcome: "left out", reason: "nested too deeply for the scripts that write CPython's trees" };
  if (tree.module === undefined || table.table === undefined) return { file, outcome: "refused" };
  const text = readFileSync(file, "utf8").replace(/\r\n?/g, "\n");
  const without = leftOut.find((one) => isLeftOut(one, file, text, minor));
  if (without !== undefined) return { file, outcome: "left out", reason: without.reason };
  const ours = parser.parse(text);
  const error = ours.errors[0];
  if (error !== undefined) return { file, outcome: "unread", error: `${error.message} at ${error.start}` };
  const made = asCPython(ours as never);
  const inTree = firstDifference(made, tree.module, minor);
  const inScopes = differentScopes(asSymtable(scopesOf(ours), minor), table.table, minor);
  return {
    file,
    outcome: "compared",
    nodes: nodesIn(made),
    names: namesIn(table.table),
    ...(inTree === undefined ? {} : { tree: inTree }),
    ...(inScopes === undefined ? {} : { scopes: inScopes }),
  };
}

function isLeftOut({ text: pattern, file: ending, upTo = 99 }: LeftOut, file: string, text: string, minor: number) {
  const isMeant = ending === undefined || file.replaceAll("\\", "/").endsWith(ending);
  return minor <= upTo && isMeant && (pattern === undefined || new RegExp(pattern, "m").test(text));
}

function differentScopes(ours: Table, theirs: Table, minor: number): string | undefined {
  if (minor < 14) return firstDifference(ours, theirs, minor);
  const inPlace = withAnnotationsInPlace(theirs);
  return firstDifference(withoutLocalAnnotations(ours, inPlace), inPlace, minor);
}

function nodesIn(value: unknown): number {
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
