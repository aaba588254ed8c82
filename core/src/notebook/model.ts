import type * as nbformat from "@jupyterlab/nbformat";

/** A notebook file as data. Nothing here is ever changed; what writes a notebook makes a new one. */
export interface Notebook {
  /** As the caller named it; `-` for standard input. For messages, never for reading again. */
  readonly path: string;
  /** The version in the file, before it was upgraded in memory to 4.5. */
  readonly format: { readonly major: number; readonly minor: number };
  /** Lower case: `python`, `r`, `julia`. From kernelspec and language_info; `python` where neither says. */
  readonly language: string;
  /** The kernelspec's name, such as `python3`. */
  readonly kernelName?: string;
  /** The version that language_info recorded, such as `3.11.7`. */
  readonly languageVersion?: string;
  readonly metadata: nbformat.INotebookMetadata;
  readonly cells: readonly Cell[];
  /** The text the notebook was read from, for writing back what was not changed, byte for byte. */
  readonly text: string;
  /** Of a notebook that is plain text (jupytext, marimo ...): `text` is the .ipynb that it stands for. */
  readonly origin?: TextOrigin;
}

/** The file of a notebook that is plain text, and where in it each line of each cell stands. */
export interface TextOrigin {
  readonly format: TextFormat;
  readonly text: string;
  /** By cell, by line of its source. */
  readonly lines: readonly (readonly SourceLine[])[];
}

export type TextFormat = "percent" | "marimo" | "databricks" | "myst" | "quarto";

export interface SourceLine {
  /** In the file, from 1. */
  readonly line: number;
  /** How many columns further right the line begins there: an indentation, or the `# ` before a magic. */
  readonly shift: number;
}

export type Cell = CodeCell | TextCell;

interface CellBase {
  /** Index into the file's `cells` array, from 0. */
  readonly index: number;
  /** nbformat 4.5 and later. */
  readonly id?: string;
  /** Joined, with `\n` line ends. */
  readonly source: string;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface CodeCell extends CellBase {
  readonly kind: "code";
  /** From 1; `null` where the cell did not run in the session that was saved. */
  readonly executionCount: number | null;
  readonly outputs: readonly nbformat.IOutput[];
}

export interface TextCell extends CellBase {
  readonly kind: "markdown" | "raw";
}
