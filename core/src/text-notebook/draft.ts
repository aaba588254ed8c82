import type * as nbformat from "@jupyterlab/nbformat";
import { freshId } from "../notebook/cell-id.ts";
import type { Notebook, TextFormat } from "../notebook/model.ts";
import { readNotebook } from "../notebook/read.ts";
import { serialiseNotebook } from "../notebook/serialise.ts";

/** A line of a cell, and where it begins in the file. */
export interface DraftLine {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** Columns of the file's line that stand before it. */
  readonly shift: number;
}

export interface DraftCell {
  readonly kind: "code" | "markdown" | "raw";
  readonly lines: readonly DraftLine[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What a reader of one format makes of a file. */
export interface Draft {
  readonly cells: readonly DraftCell[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The lines of a file, whatever ends them, without a byte order mark. */
export function draftLines(text: string): DraftLine[] {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return plain.split(/\r\n?|\n/).map((line, at) => ({ text: line, line: at + 1, shift: 0 }));
}

/** A line without its first characters. */
export function cutLine({ text, line, shift }: DraftLine, count: number): DraftLine {
  return { text: text.slice(count), line, shift: shift + count };
}

/** Lines without the blank ones before and behind them; none where nothing is left. */
export function trimBlankLines(lines: readonly DraftLine[]): readonly DraftLine[] {
  const first = lines.findIndex(({ text }) => text.trim() !== "");
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex(({ text }) => text.trim() !== "") + 1);
}

/** The notebook that a draft stands for, as if Jupyter had saved it without running it. */
export function notebookOf({ cells, metadata }: Draft, format: TextFormat, text: string, path: string): Notebook {
  const taken = new Set<string>();
  const content = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { ...pythonMetadata, ...metadata } as nbformat.INotebookMetadata,
    cells: cells.map((cell, at) => cellOf(cell, at, taken)),
  };
  const lines = cells.map((cell) => cell.lines.map(({ line, shift }) => ({ line, shift })));
  return { ...readNotebook(serialiseNotebook(content), path), origin: { format, text, lines } };
}

/** For files that name no kernel. */
const pythonMetadata = {
  kernelspec: { name: "python3", display_name: "Python 3", language: "python" },
};

function cellOf({ kind, lines, metadata }: DraftCell, at: number, taken: Set<string>): nbformat.ICell {
  const source = lines.map(({ text }) => text).join("\n");
  const cell = { id: freshId(`${at} ${source}`, taken), cell_type: kind, metadata, source };
  return (kind === "code" ? { ...cell, execution_count: null, outputs: [] } : cell) as nbformat.ICell;
}
