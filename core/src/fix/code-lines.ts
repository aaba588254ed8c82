import type { AnalysedCell, Statement } from "../dataflow/model.ts";
import type { Range } from "../text/position.ts";

/** Whether Python can be put into a cell: the body of a cell magic is another program's, or has its own rules. */
export function takesPython({ cell: { source } }: AnalysedCell): boolean {
  return !/^\s*%%/.test(source);
}

/** An empty range at the beginning of a line. */
export function lineStart(line: number): Range {
  return { start: { line, column: 1 }, end: { line, column: 1 } };
}

/**
 * The whole lines of a statement, with the comments directly above it and one blank line below; absent where it shares a
 * line with another one.
 */
export function linesOf(cell: AnalysedCell, { id, range }: Statement): { range: Range; text: string } | undefined {
  const shares = cell.statements.some(
    (other) => other.id !== id && other.range.end.line >= range.start.line && other.range.start.line <= range.end.line,
  );
  if (shares) return undefined;
  const lines = cell.cell.source.split("\n");
  let first = range.start.line;
  while (first > 1 && /^#(?!\s*%%)/.test(lines[first - 2] ?? "")) first--;
  const text = lines.slice(first - 1, range.end.line).join("\n");
  let next = range.end.line + 1;
  if ((lines[next - 1] ?? "x").trim() === "" && next <= lines.length) next++;
  const isLast = next > lines.length;
  return {
    text,
    range: isLast
      ? // With the line end above it, so that none is left over.
        { start: first > 1 ? endOf(lines, first - 1) : { line: 1, column: 1 }, end: endOf(lines, lines.length) }
      : { start: { line: first, column: 1 }, end: { line: next, column: 1 } },
  };
}

function endOf(lines: readonly string[], line: number) {
  return { line, column: (lines[line - 1]?.length ?? 0) + 1 };
}

/** The code cell at an index. */
export function analysedCell(cells: readonly AnalysedCell[], index: number): AnalysedCell | undefined {
  return cells.find(({ cell }) => cell.index === index);
}
