import type { Position, Range, Span } from "../text/position.ts";
import { LineIndex } from "../text/position.ts";
import { elementsOf, memberNamed, skipMark, valueAt } from "./json-text.ts";
import type { Notebook } from "./model.ts";

/** Finds where the lines of cells stand in the notebook's file. */
export interface FilePositions {
  /** In the file, for a position in a cell's source; lines and columns count from 1. */
  position(cell: number, position: Position): Position;
  range(cell: number, range: Range): Range;
}

/** In a text notebook the line that was read; in an .ipynb the place inside the JSON string that holds the line. */
export function filePositions(notebook: Notebook): FilePositions {
  const position = notebook.origin === undefined ? inJson(notebook) : inText(notebook);
  return {
    position,
    range: (cell, { start, end }) => ({ start: position(cell, start), end: position(cell, end) }),
  };
}

function inText({ origin }: Notebook): FilePositions["position"] {
  return (cell, { line, column }) => {
    const lines = origin?.lines[cell] ?? [];
    const own = lines[line - 1] ?? lines.at(-1);
    return own === undefined ? { line: 1, column: 1 } : { line: own.line, column: column + own.shift };
  };
}

function inJson(notebook: Notebook): FilePositions["position"] {
  const { text } = notebook;
  const index = new LineIndex(text);
  const sources = sourceSpans(notebook);
  const lines = new Map<number, readonly Span[]>();
  return (cell, { line, column }) => {
    const source = sources[cell];
    if (source === undefined) return index.position(0);
    const own = lines.get(cell) ?? linesOf(text, source);
    lines.set(cell, own);
    const { start, end } = own[line - 1] ?? { start: own.at(-1)?.end ?? source.start, end: source.end };
    let at = start;
    for (let left = column - 1; left > 0 && at < end; left--) at += escapeLength(text, at);
    return index.position(at);
  };
}

/** Where the source of each cell stands, in the order of the notebook's cells. */
function sourceSpans({ text, format }: Notebook): readonly Span[] {
  const root = valueAt(text, skipMark(text));
  const worksheets = format.major === 3 ? memberNamed(text, root, "worksheets")?.value : undefined;
  const holders = format.major === 3 ? (worksheets === undefined ? [] : [...elementsOf(text, worksheets)]) : [root];
  return holders
    .flatMap((holder) => memberNamed(text, holder, "cells")?.value ?? [])
    .flatMap((cells) => [...elementsOf(text, cells)])
    .map((cell) => (memberNamed(text, cell, "source") ?? memberNamed(text, cell, "input"))?.value ?? cell);
}

/** The lines of a source, which stands in one string, or in one for each line: from the first character to the `\n`. */
function linesOf(text: string, source: Span): readonly Span[] {
  const strings = text[source.start] === "[" ? [...elementsOf(text, source)] : [source];
  const lines: Span[] = [];
  let start: number | undefined;
  for (const string of strings) {
    let at = string.start + 1;
    start ??= at;
    // A line goes on in the next string where none ended.
    for (; at < string.end - 1; at += escapeLength(text, at)) {
      if (text[at] !== "\\" || text[at + 1] !== "n") continue;
      lines.push({ start, end: at });
      start = at + 2;
    }
    if (start >= string.end - 1) start = undefined;
  }
  const last = strings.at(-1);
  lines.push({
    start: start ?? Math.max(source.start, (last?.end ?? source.end) - 1),
    end: (last?.end ?? source.end) - 1,
  });
  return lines;
}

/** Of one UTF-16 code unit as JSON writes it. */
function escapeLength(text: string, at: number): number {
  if (text[at] !== "\\") return 1;
  return text[at + 1] === "u" ? 6 : 2;
}
