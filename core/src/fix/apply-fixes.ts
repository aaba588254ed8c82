import type { CodeCell, Notebook } from "../notebook/model.ts";
import { readNotebook } from "../notebook/read.ts";
import { cellSequence, placesOf, reorderCells } from "../notebook/reorder.ts";
import { type MetadataChange, type NotebookEdit, writeNotebook } from "../notebook/write.ts";
import type { Edit, Fix } from "../rules/finding.ts";
import { LineIndex } from "../text/position.ts";

export interface Applied {
  readonly notebook: Notebook;
  /** For each cell of it, the index that it had before; absent for one that was put in. */
  readonly origins: readonly (number | undefined)[];
}

/**
 * A notebook with fixes done, none of which touches what another one does. The source stays as it was, byte for byte,
 * where nothing changes. A cell that is edited loses its outputs, since its code did not make them; one of `outdated`,
 * whose values become others, loses its count too. A notebook of nbformat 3 becomes one of 4.5.
 */
export function applyFixes(given: Notebook, fixes: readonly Fix[], outdated: ReadonlySet<number>): Applied {
  const isOld = given.format.major === 3;
  const notebook = isOld
    ? readNotebook(writeNotebook(given, [{ kind: "set-metadata", metadata: {} }]), given.path)
    : given;
  const sources = editedSources(
    notebook,
    fixes.flatMap(({ edits }) => edits),
  );
  const edits: NotebookEdit[] = [];
  for (const cell of notebook.cells) {
    const source = sources.get(cell.index);
    if (cell.kind !== "code") continue;
    const isOutdated = outdated.has(cell.index);
    if (source === undefined && !isOutdated) continue;
    edits.push({
      kind: "set-cell",
      cell: cell.index,
      ...(source === undefined ? {} : { source }),
      ...(cell.outputs.length === 0 ? {} : { outputs: [] }),
      ...(isOutdated && cell.executionCount !== null ? { executionCount: null } : {}),
      ...metadataOf(cell, isOutdated),
    });
  }
  const insertions = fixes.flatMap(({ cells = [] }) => cells.filter((one) => one.kind === "insert"));
  for (const { before, source, tags } of insertions) {
    edits.push({
      kind: "insert-cell",
      before,
      cell: { kind: "code", source, metadata: { ...mark, ...(tags === undefined ? {} : { tags }) } },
    });
  }
  const edited = readNotebook(writeNotebook(notebook, edits), notebook.path);
  const origins = originsWith(notebook, insertions);
  const order = fixes.flatMap(({ cells = [] }) => cells.filter((one) => one.kind === "order"))[0]?.order;
  if (order === undefined) return { notebook: edited, origins };
  const places = new Map(origins.map((origin, place) => [origin, place]));
  const moved = order.map((index) => places.get(index) as number);
  return {
    notebook: readNotebook(reorderCells(edited, moved), notebook.path),
    origins: cellSequence(placesOf(edited), moved).map((place) => origins[place]),
  };
}

/** The cells that a fix is about: those that it edits, and those that it puts others before. */
export function cellsOf({ edits, cells = [] }: Fix): readonly number[] {
  return [
    ...edits.map(({ cell }) => cell),
    ...cells.flatMap((one) => (one.kind === "insert" ? [one.before] : one.order)),
  ];
}

function editedSources({ cells }: Notebook, edits: readonly Edit[]): ReadonlyMap<number, string> {
  const sources = new Map<number, string>();
  for (const [index, own] of Map.groupBy(edits, ({ cell }) => cell)) {
    const source = cells[index]?.source ?? "";
    sources.set(index, editedText(source, own));
  }
  return sources;
}

/** Insertions at one place keep the order in which they are given; a blank end that they leave is taken off. */
function editedText(source: string, edits: readonly Edit[]): string {
  const lines = new LineIndex(source);
  const spans = edits
    .map(({ range, text }) => ({ start: lines.offset(range.start), end: lines.offset(range.end), text }))
    .sort((one, other) => one.start - other.start || one.end - other.end);
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text } of spans) {
    pieces.push(source.slice(at, Math.max(start, at)), text);
    at = Math.max(end, at);
  }
  const text = pieces.join("") + source.slice(at);
  return source.endsWith("\n") ? text : text.replace(/\n+$/, "");
}

/** What front ends say of when a cell ran, which is not true of other code. */
const times = ["execution", "ExecuteTime", "papermill", "executionInfo"];

/** Tells later analyses of the copy why the cell has no count (`rules/record.ts`). */
const mark = { reprise: { mended: true } };

function metadataOf({ metadata, executionCount }: CodeCell, isOutdated: boolean): { metadata?: MetadataChange } {
  if (!isOutdated || executionCount === null) return {};
  const own = times.filter((name) => Object.hasOwn(metadata, name));
  return { metadata: { ...Object.fromEntries(own.map((name) => [name, undefined])), ...mark } };
}

function originsWith({ cells }: Notebook, insertions: readonly { readonly before: number }[]): (number | undefined)[] {
  const origins: (number | undefined)[] = [];
  for (let index = 0; index <= cells.length; index++) {
    for (const { before } of insertions) if (before === index) origins.push(undefined);
    if (index < cells.length) origins.push(index);
  }
  return origins;
}
