import type * as nbformat from "@jupyterlab/nbformat";
import { freshId } from "./cell-id.ts";
import { editArray, editObject, type ValueEdit } from "./json-edit.ts";
import { skipMark, valueAt } from "./json-text.ts";
import { type JsonStyle, styleOf, writeJson } from "./json-write.ts";
import { splitLines, splitOutput } from "./lines.ts";
import type { Notebook } from "./model.ts";
import { readNotebook } from "./read.ts";
import { serialiseNotebook } from "./serialise.ts";
import { type Notebook3, upgradeFrom3 } from "./upgrade.ts";

/** A change to a notebook file. Indices are those of the notebook as it was read, whatever other edits there are. */
export type NotebookEdit =
  | {
      readonly kind: "set-cell";
      readonly cell: number;
      readonly source?: string;
      readonly outputs?: readonly nbformat.IOutput[];
      readonly executionCount?: number | null;
      readonly metadata?: MetadataChange;
    }
  /** Before the cell at an index; at the number of cells, at the end. */
  | { readonly kind: "insert-cell"; readonly before: number; readonly cell: NewCell }
  | { readonly kind: "remove-cell"; readonly cell: number }
  | { readonly kind: "set-metadata"; readonly metadata: MetadataChange };

/** Keys to set; those that are `undefined` are taken out, those that are not named stay as they are. */
export type MetadataChange = Readonly<Record<string, unknown>>;

export interface NewCell {
  readonly kind: "code" | "markdown" | "raw";
  readonly source: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly nbformat.IOutput[];
  readonly executionCount?: number | null;
  /** For nbformat 4.5 and later; made from the cell's place and source where absent. */
  readonly id?: string;
}

/**
 * The text of a notebook file with some changes: every byte that they do not concern stays as it was, and what they put
 * in is laid out as the file is. A notebook of nbformat 3 is first written anew as 4.5.
 * Throws RangeError for a cell that is not there.
 */
export function writeNotebook(notebook: Notebook, edits: readonly NotebookEdit[]): string {
  if (edits.length === 0) return notebook.text;
  if (notebook.format.major === 3) return writeNotebook(readNotebook(upgradedText(notebook), notebook.path), edits);
  for (const edit of edits) checkIndex(notebook, edit);
  const { text } = notebook;
  const style = styleOf(text);
  const root = valueAt(text, skipMark(text));
  const changes = new Map<string, ValueEdit>();
  if (edits.some(({ kind }) => kind !== "set-metadata")) {
    changes.set(
      "cells",
      (span) =>
        span && editArray(text, span, cellEdits(notebook, edits, style), insertions(notebook, edits, style), style, 1),
    );
  }
  const metadata = Object.assign({}, ...edits.map((edit) => (edit.kind === "set-metadata" ? edit.metadata : {})));
  if (Object.keys(metadata).length > 0) changes.set("metadata", metadataEdit(text, metadata, style, 1));
  return text.slice(0, root.start) + editObject(text, root, changes, style, 0) + text.slice(root.end);
}

function upgradedText(notebook: Notebook): string {
  const content = upgradeFrom3(JSON.parse(notebook.text.slice(skipMark(notebook.text))) as Notebook3);
  const taken = new Set<string>();
  const cells = content.cells.map((cell, index) => ({ ...cell, id: freshId(`${index} ${cell.source}`, taken) }));
  return serialiseNotebook({ ...content, cells: cells as nbformat.ICell[] });
}

function cellEdits(notebook: Notebook, edits: readonly NotebookEdit[], style: JsonStyle): Map<number, ValueEdit> {
  const { text } = notebook;
  const members = new Map<number, Map<string, ValueEdit>>();
  const changes = new Map<number, ValueEdit>();
  for (const edit of edits) {
    if (edit.kind === "remove-cell") changes.set(edit.cell, () => undefined);
    if (edit.kind !== "set-cell") continue;
    const { source, outputs, executionCount, metadata } = edit;
    const cell = members.get(edit.cell) ?? new Map<string, ValueEdit>();
    members.set(edit.cell, cell);
    const set = (name: string, value: unknown): Map<string, ValueEdit> =>
      cell.set(name, () => writeJson(value, style, 3));
    if (source !== undefined) {
      cell.set("source", (old) => writeJson(old && text[old.start] === '"' ? source : splitLines(source), style, 3));
    }
    if (outputs !== undefined) set("outputs", outputs.map(splitOutput));
    if (executionCount !== undefined) set("execution_count", executionCount);
    if (metadata !== undefined) cell.set("metadata", metadataEdit(text, metadata, style, 3));
    if (!changes.has(edit.cell)) changes.set(edit.cell, (span) => span && editObject(text, span, cell, style, 2));
  }
  return changes;
}

function metadataEdit(text: string, metadata: MetadataChange, style: JsonStyle, depth: number): ValueEdit {
  return (span) => {
    if (span === undefined) return writeJson(metadata, style, depth);
    const keys = Object.entries(metadata).map(([name, value]): [string, ValueEdit] => [
      name,
      () => (value === undefined ? undefined : writeJson(value, style, depth + 1)),
    ]);
    return editObject(text, span, new Map(keys), style, depth);
  };
}

function insertions(notebook: Notebook, edits: readonly NotebookEdit[], style: JsonStyle): Map<number, string[]> {
  const inserted = new Map<number, string[]>();
  const taken = new Set(notebook.cells.flatMap(({ id }) => id ?? []));
  const wantsIds = notebook.format.minor >= 5 || taken.size > 0;
  for (const edit of edits) {
    if (edit.kind !== "insert-cell") continue;
    const { kind, source, metadata = {}, outputs = [], executionCount = null, id } = edit.cell;
    // In the order of nbformat, which sorts the names.
    const cell = {
      cell_type: kind,
      ...(kind === "code" ? { execution_count: executionCount } : {}),
      ...(wantsIds ? { id: id ?? freshId(`${edit.before} ${source}`, taken) } : {}),
      metadata,
      ...(kind === "code" ? { outputs: outputs.map(splitOutput) } : {}),
      source: splitLines(source),
    };
    inserted.set(edit.before, [...(inserted.get(edit.before) ?? []), writeJson(cell, style, 2)]);
  }
  return inserted;
}

function checkIndex(notebook: Notebook, edit: NotebookEdit): void {
  if (edit.kind === "set-metadata") return;
  const [index, limit] =
    edit.kind === "insert-cell" ? [edit.before, notebook.cells.length] : [edit.cell, notebook.cells.length - 1];
  if (!Number.isInteger(index) || index < 0 || index > limit)
    throw new RangeError(`There is no cell ${index} to ${edit.kind}`);
}
