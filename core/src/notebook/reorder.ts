import { elementsOf, memberNamed, skipMark, valueAt } from "./json-text.ts";
import type { Notebook } from "./model.ts";

/**
 * The text of a notebook file with its code cells in another order; every cell keeps its bytes. Text cells go with the
 * code cell below them, those at the end stay there. `order` holds the index of every code cell once, or RangeError is
 * thrown. The notebook is one of nbformat 4.
 */
export function reorderCells(notebook: Notebook, order: readonly number[]): string {
  const { text } = notebook;
  const sequence = cellSequence(placesOf(notebook), order);
  const root = valueAt(text, skipMark(text));
  const cells = memberNamed(text, root, "cells");
  if (cells === undefined) return text;
  const spans = [...elementsOf(text, cells.value)];
  const pieces: string[] = [];
  let behind = 0;
  for (const [place, span] of spans.entries()) {
    const moved = spans[sequence[place] as number] as (typeof spans)[number];
    pieces.push(text.slice(behind, span.start), text.slice(moved.start, moved.end));
    behind = span.end;
  }
  pieces.push(text.slice(behind));
  return pieces.join("");
}

/** The cells of a notebook, as `cellSequence` takes them. */
export function placesOf({ cells }: Notebook): { readonly index: number; readonly isCode: boolean }[] {
  return cells.map(({ index, kind }) => ({ index, isCode: kind === "code" }));
}

/**
 * The indices of all cells, text cells too, as they stand after `reorderCells`. Throws RangeError where `order` does not
 * hold every code cell once.
 */
export function cellSequence(
  cells: readonly { readonly index: number; readonly isCode: boolean }[],
  order: readonly number[],
): readonly number[] {
  const blocks = new Map<number, readonly number[]>();
  let block: number[] = [];
  for (const { index, isCode } of cells) {
    block.push(index);
    if (!isCode) continue;
    blocks.set(index, block);
    block = [];
  }
  const sequence = order.flatMap((index) => blocks.get(index) ?? []);
  if (
    order.length !== blocks.size ||
    sequence.length + block.length !== cells.length ||
    new Set(order).size !== order.length
  ) {
    throw new RangeError("An order of cells holds every code cell once");
  }
  return [...sequence, ...block];
}
