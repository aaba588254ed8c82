import type { Span } from "../text/position.ts";
import { elementsOf, membersOf } from "./json-text.ts";
import { type JsonStyle, writeJson } from "./json-write.ts";

/** The new text of a value, given the span of the old one; `undefined` takes it out. */
export type ValueEdit = (old: Span | undefined) => string | undefined;

interface Entry {
  /** What stands between the comma or bracket before it and it. */
  readonly leading: string;
  readonly text: string;
  /** What stands between it and the comma or bracket behind it. */
  readonly trailing: string;
}

/** The text of an object in which some members are changed, added or taken out; all other bytes stay as they are. */
export function editObject(
  text: string,
  span: Span,
  edits: ReadonlyMap<string, ValueEdit>,
  style: JsonStyle,
  depth: number,
): string {
  const entries: (Entry | undefined)[] = [];
  const seen = new Set<string>();
  let behind = span.start + 1;
  for (const { name, key, value } of membersOf(text, span)) {
    const comma = commaBehind(text, value.end, span.end);
    const edit = edits.get(name);
    const changed = edit === undefined ? text.slice(value.start, value.end) : edit(value);
    seen.add(name);
    entries.push(
      changed === undefined
        ? undefined
        : {
            leading: text.slice(behind, key.start),
            text: text.slice(key.start, value.start) + changed,
            trailing: trailing(text, value.end, comma),
          },
    );
    behind = comma + 1;
  }
  const closing = entries.length === 0 ? undefined : text.slice(endOfLast(text, span), span.end - 1);
  for (const [name, edit] of edits) {
    const added = seen.has(name) ? undefined : edit(undefined);
    if (added === undefined) continue;
    entries.push({
      leading: lineStart(style, depth + 1),
      text: `${writeJson(name, style)}${style.colon}${added}`,
      trailing: "",
    });
  }
  return joined("{", entries, closing ?? lineStart(style, depth), "}", style);
}

/** The text of an array in which some elements are changed or taken out, and texts inserted before others. */
export function editArray(
  text: string,
  span: Span,
  edits: ReadonlyMap<number, ValueEdit>,
  inserted: ReadonlyMap<number, readonly string[]>,
  style: JsonStyle,
  depth: number,
): string {
  const entries: (Entry | undefined)[] = [];
  const insert = (index: number): void => {
    for (const added of inserted.get(index) ?? []) {
      entries.push({ leading: lineStart(style, depth + 1), text: added, trailing: "" });
    }
  };
  let behind = span.start + 1;
  let index = 0;
  for (const value of elementsOf(text, span)) {
    insert(index);
    const comma = commaBehind(text, value.end, span.end);
    const edit = edits.get(index);
    const changed = edit === undefined ? text.slice(value.start, value.end) : edit(value);
    entries.push(
      changed === undefined
        ? undefined
        : { leading: text.slice(behind, value.start), text: changed, trailing: trailing(text, value.end, comma) },
    );
    behind = comma + 1;
    index++;
  }
  const closing = index === 0 ? undefined : text.slice(endOfLast(text, span), span.end - 1);
  insert(index);
  return joined("[", entries, closing ?? lineStart(style, depth), "]", style);
}

/** What stands before the closing bracket goes there again, whichever entry is the last now. */
function joined(
  open: string,
  all: readonly (Entry | undefined)[],
  closing: string,
  close: string,
  style: JsonStyle,
): string {
  const entries = all.filter((entry) => entry !== undefined);
  if (entries.length === 0) return open + close;
  const pieces = [open];
  for (const [index, { leading, text, trailing }] of entries.entries()) {
    const isLast = index === entries.length - 1;
    const isFirst = index === 0;
    // On one line the blank behind a comma is the leading of what follows: the first entry has none.
    pieces.push(isFirst && style.indent === undefined ? leading.trimStart() : spaced(leading, isFirst, style), text);
    pieces.push(isLast ? closing : `${trailing},`);
  }
  pieces.push(close);
  return pieces.join("");
}

function spaced(leading: string, isFirst: boolean, style: JsonStyle): string {
  return style.indent === undefined && !isFirst && leading === "" ? style.comma.slice(1) : leading;
}

function lineStart(style: JsonStyle, depth: number): string {
  return style.indent === undefined ? "" : style.lineEnd + style.indent.repeat(depth);
}

function commaBehind(text: string, at: number, end: number): number {
  let next = at;
  while (next < end && text[next] !== "," && text[next] !== "}" && text[next] !== "]") next++;
  return next;
}

/** Blanks before a comma; those before the closing bracket go with the bracket. */
function trailing(text: string, end: number, comma: number): string {
  return text[comma] === "," ? text.slice(end, comma) : "";
}

/** The end of the last value: behind it only blanks stand before the closing bracket. */
function endOfLast(text: string, span: Span): number {
  let end = span.end - 1;
  while (end > span.start && " \t\r\n".includes(text[end - 1] as string)) end--;
  return end;
}
