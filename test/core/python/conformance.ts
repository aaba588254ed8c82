import type { PythonParser } from "../../../core/src/python/ast.ts";
import { dumped } from "./cpython-dump.ts";
import { compareFile, type Dumped, type FileConformance } from "./file-conformance.ts";

/** How our syntax trees and scopes of many files compare with those of one CPython. */
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

/** Compares files, one after the other, with what `python` (3.`minor`) makes of them, which reads ahead meanwhile. */
export async function* compareWithCPython(
  parser: PythonParser,
  python: string,
  minor: number,
  files: readonly string[],
): AsyncGenerator<FileConformance> {
  const tables = dumped<NonNullable<Dumped["table"]>>(python, "dump_symtable.py", files);
  try {
    let at = 0;
    for await (const tree of dumped<NonNullable<Dumped["tree"]>>(python, "dump_ast.py", files)) {
      const table = (await tables.next()).value as Dumped["table"];
      yield compareFile(parser, minor, files[at++] as string, { tree, table });
    }
  } finally {
    await tables.return(undefined);
  }
}

/** What many comparisons come to. */
export function sumOf(compared: Iterable<FileConformance>): Conformance {
  const sum: Conformance = {
    files: 0,
    nodes: 0,
    names: 0,
    refused: 0,
    unread: [],
    differentTrees: [],
    differentScopes: [],
    leftOut: new Map(),
  };
  for (const one of compared) add(sum, one);
  return sum;
}

function add(sum: Conformance, one: FileConformance): void {
  switch (one.outcome) {
    case "refused":
      sum.refused++;
      break;
    case "unread":
      sum.unread.push(`${one.file}: ${one.error}`);
      break;
    case "left out":
      sum.leftOut.set(one.reason, (sum.leftOut.get(one.reason) ?? 0) + 1);
      break;
    case "compared":
      sum.files++;
      sum.nodes += one.nodes;
      sum.names += one.names;
      if (one.tree !== undefined) sum.differentTrees.push(`${one.file}: ${one.tree}`);
      if (one.scopes !== undefined) sum.differentScopes.push(`${one.file}: ${one.scopes}`);
  }
}
