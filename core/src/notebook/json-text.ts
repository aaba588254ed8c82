import type { Span } from "../text/position.ts";

/**
 * Finding one's way in the text of valid JSON without building a tree: spans of values, members and elements.
 * Nothing recurses, so that nesting costs no stack, and what is not asked for is skipped at the speed of a search.
 * Text that is not valid JSON gives spans that mean nothing, but always ends.
 */

export interface Member {
  readonly name: string;
  /** Of the name, quotes included. */
  readonly key: Span;
  readonly value: Span;
}

export type JsonPath = readonly (string | number)[];

/** The span of the value that begins at `at` or after the blanks there. */
export function valueAt(text: string, at: number): Span {
  const start = skipBlank(text, at);
  const first = text[start];
  if (first === '"') return { start, end: stringEnd(text, start) };
  if (first === "{" || first === "[") return { start, end: containerEnd(text, start) };
  const delimiter = /[\s,\]}]|$/g;
  delimiter.lastIndex = start;
  return { start, end: delimiter.exec(text)?.index ?? text.length };
}

/** The members of the object at `span`, in the order of the text; none where it is not an object. */
export function* membersOf(text: string, span: Span): Generator<Member> {
  if (text[span.start] !== "{") return;
  let at = skipBlank(text, span.start + 1);
  while (at < span.end && text[at] === '"') {
    const key = { start: at, end: stringEnd(text, at) };
    const value = valueAt(text, skipBlank(text, key.end) + 1);
    yield { name: String(JSON.parse(text.slice(key.start, key.end))), key, value };
    at = afterComma(text, value.end);
  }
}

/** The elements of the array at `span`; none where it is not an array. */
export function* elementsOf(text: string, span: Span): Generator<Span> {
  if (text[span.start] !== "[") return;
  let at = skipBlank(text, span.start + 1);
  while (at < span.end && text[at] !== "]") {
    const value = valueAt(text, at);
    yield value;
    at = afterComma(text, value.end);
  }
}

/** The value of a member; the last one where the name stands twice, as `JSON.parse` has it. */
export function memberNamed(text: string, span: Span, name: string): Member | undefined {
  let found: Member | undefined;
  for (const member of membersOf(text, span)) if (member.name === name) found = member;
  return found;
}

/** The value at a path, or the nearest value around it that exists. */
export function locate(text: string, path: JsonPath): Span {
  let span = valueAt(text, skipMark(text));
  for (const step of path) {
    const inside: Span | undefined =
      typeof step === "number" ? elementsOf(text, span).drop(step).next().value : memberNamed(text, span, step)?.value;
    if (inside === undefined) break;
    span = inside;
  }
  return span;
}

/** The offset behind a byte order mark. */
export function skipMark(text: string): number {
  return text.charCodeAt(0) === 0xfeff ? 1 : 0;
}

function afterComma(text: string, at: number): number {
  const next = skipBlank(text, at);
  return text[next] === "," ? skipBlank(text, next + 1) : next;
}

function skipBlank(text: string, at: number): number {
  let next = at;
  while (next < text.length && " \t\n\r".includes(text[next] as string)) next++;
  return next;
}

/** Behind the closing quote of the string that opens at `start`. */
function stringEnd(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (text[quote - 1 - escapes] === "\\") escapes++;
    if (escapes % 2 === 0) return quote + 1;
  }
  return text.length;
}

function containerEnd(text: string, start: number): number {
  const mark = /["{}[\]]/g;
  mark.lastIndex = start;
  let depth = 0;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    const character = match[0];
    if (character === '"') mark.lastIndex = stringEnd(text, match.index);
    else if (character === "{" || character === "[") depth++;
    else if (--depth === 0) return match.index + 1;
  }
  return text.length;
}
