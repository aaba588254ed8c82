import type * as nbformat from "@jupyterlab/nbformat";
import { lineStart, nbformatStyle, writeJson } from "./json-write.ts";
import { splitLines, splitOutput } from "./lines.ts";

/**
 * The lines of a stream output that is kept outside of memory: JSON texts with a line feed between them, in pieces. An
 * output that has this is written from it, without its `text` being read as a whole.
 */
export const storedLines: unique symbol = Symbol("lines as JSON");

export interface StoredOutput {
  readonly [storedLines]: () => Iterable<string>;
}

/** The text of a whole notebook as nbformat writes it: sorted names, one blank a level, texts as lists of lines. */
export function serialiseNotebook(content: nbformat.INotebookContent): string {
  return [...notebookPieces(content)].join("");
}

/** The same in pieces, for a notebook whose text may be larger than memory, or than a text can be. */
export function* notebookPieces(content: nbformat.INotebookContent): Generator<string> {
  const { orig_nbformat: _transient, ...metadata } = content.metadata;
  yield* object({ ...content, metadata }, 0, { cells: (cells, depth) => list(cells as nbformat.ICell[], depth, cell) });
  yield "\n";
}

type Write<T> = (value: T, depth: number) => Iterable<string>;

function cell(value: nbformat.ICell, depth: number): Iterable<string> {
  const lines = { ...value, source: asLines(value.source) };
  return object(
    lines,
    depth,
    value.cell_type === "code" ? { outputs: (outputs, at) => list(outputs, at, output) } : {},
  );
}

function output(value: nbformat.IOutput & Partial<StoredOutput>, depth: number): Iterable<string> {
  const lines = value[storedLines];
  if (lines === undefined) return [writeJson(splitOutput(value), nbformatStyle, depth)];
  const { name, output_type } = value;
  return object({ name, output_type, text: lines }, depth, { text: laidOut });
}

/** Lines that are JSON already. */
function* laidOut(lines: unknown, depth: number): Generator<string> {
  const between = `,${lineStart(nbformatStyle, depth + 1)}`;
  let isFirst = true;
  for (const piece of (lines as () => Iterable<string>)()) {
    yield (isFirst ? `[${between.slice(1)}` : between) + piece.replaceAll("\n", between);
    isFirst = false;
  }
  yield isFirst ? "[]" : `${lineStart(nbformatStyle, depth)}]`;
}

function* list<T>(items: unknown, depth: number, write: Write<T>): Generator<string> {
  if (!Array.isArray(items) || items.length === 0) {
    yield writeJson(items, nbformatStyle, depth);
    return;
  }
  for (const [at, item] of items.entries()) {
    yield `${at === 0 ? "[" : ","}${lineStart(nbformatStyle, depth + 1)}`;
    yield* write(item, depth + 1);
  }
  yield `${lineStart(nbformatStyle, depth)}]`;
}

/** An object's members in the order of their names; those of `own` in their own way. */
function* object(value: object, depth: number, own: Readonly<Record<string, Write<unknown>>>): Generator<string> {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [at, [name, member]] of members.entries()) {
    yield `${at === 0 ? "{" : ","}${lineStart(nbformatStyle, depth + 1)}${JSON.stringify(name)}${nbformatStyle.colon}`;
    yield* own[name]?.(member, depth + 1) ?? [writeJson(member, nbformatStyle, depth + 1)];
  }
  yield members.length === 0 ? "{}" : `${lineStart(nbformatStyle, depth)}}`;
}

function asLines(source: nbformat.MultilineString): readonly string[] {
  return Array.isArray(source) ? source : splitLines(source);
}
