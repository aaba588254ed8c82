import type { Span } from "../../text/position.ts";

/** Replaces a piece of a text; an insertion where `start` equals `end`. */
export interface SourceEdit extends Span {
  readonly text: string;
}

/**
 * The piece `span` of a text with the edits that lie inside it applied. Insertions at one offset keep the order in which
 * they are given. An edit inside a piece that another one replaces is dropped.
 */
export function applyEdits(text: string, span: Span, edits: readonly SourceEdit[]): string {
  const inside = edits
    .map((edit, order) => ({ edit, order }))
    .filter(({ edit }) => edit.start >= span.start && edit.end <= span.end)
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order);
  let out = "";
  let at = span.start;
  for (const { edit } of inside) {
    if (edit.start < at) continue;
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + text.slice(at, span.end);
}
