import type { AnalysedCell, Dataflow, Statement } from "../dataflow/model.ts";
import type { Fix } from "../rules/finding.ts";
import { lineStart, takesPython } from "./code-lines.ts";

/** What an import is put in by: a line in the cell that has the imports, or a cell of its own. */
export type Placed = Pick<Fix, "edits" | "cells">;

/**
 * Puts import statements among the notebook's own imports, above the cell `user` that needs them: behind the last import
 * that the first cell of imports begins with; in a new first cell where there is no such cell.
 */
export function placeImports(document: Dataflow, imports: readonly string[], user: number): Placed {
  const home = document.cells.find((cell) => takesPython(cell) && cell.statements.some(isImport));
  const text = imports.join("\n");
  if (home === undefined || home.cell.index > user) {
    const first = document.cells[0]?.cell.index ?? 0;
    return { edits: [], cells: [{ kind: "insert", before: first, source: text }] };
  }
  const line = lineBehindImports(home);
  const lines = home.cell.source.split("\n");
  if (line <= lines.length) return { edits: [{ cell: home.cell.index, range: lineStart(line), text: `${text}\n` }] };
  const end = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  return { edits: [{ cell: home.cell.index, range: { start: end, end }, text: `\n${text}` }] };
}

/** True for `import` and `from ... import`. */
export function isImport({ node }: Statement): boolean {
  return node.type === "Import" || node.type === "ImportFrom";
}

/** Behind the run of imports that the first import begins; a magic or a comment in between ends no run. */
function lineBehindImports({ statements }: AnalysedCell): number {
  const first = statements.findIndex(isImport);
  let line = 1;
  for (const statement of statements.slice(first)) {
    if (!isImport(statement)) break;
    line = statement.range.end.line + 1;
  }
  return line;
}
