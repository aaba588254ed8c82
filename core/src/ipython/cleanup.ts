import type { Span } from "../text/position.ts";

/**
 * What IPython takes away from a cell before anything else: empty lines at its head, indentation that all lines share,
 * blanks on blank lines, and the prompts of pasted sessions (`>>> `, `In [3]: `).
 * Returns the pieces that stay, as spans of `text`; together they are the cleaned cell.
 */
export function cleanedSpans(text: string, from: number): Span[] {
  const lines = linesOf(text, from);
  const first = lines.findIndex((line) => !isBlank(text, line));
  if (first === -1) return [];
  const kept = withoutIndentation(text, lines.slice(first));
  return withoutDoctestPrompts(text, withoutNumberedPrompts(text, kept));
}

/** `In [3]: ` and `   ...: `, where one of the first two lines has one. */
function withoutNumberedPrompts(text: string, lines: readonly Span[]): readonly Span[] {
  const isPrompted = lines.slice(0, 2).some((line) => numbered.test(text.slice(line.start, line.end)));
  return isPrompted ? lines.map((line) => withoutPrompt(text, line, numbered)) : lines;
}

const numbered = /^(?:(?:(?:\[nav\]|\[ins\])? )?In \[\d+\]: |[ \t]*\.{3,}: ?)/;

/** `>>> ` and `... `, where a line outside of strings has the former; what stood behind them is put to the left edge. */
function withoutDoctestPrompts(text: string, lines: readonly Span[]): Span[] {
  if (!lines.some((line) => firstPrompt.test(text.slice(line.start, line.end)))) return [...lines];
  const insideString = tripleQuoted(text, lines);
  const isPrompted = lines.some((line, at) => !insideString[at] && firstPrompt.test(text.slice(line.start, line.end)));
  if (!isPrompted) return [...lines];
  const kept: Span[] = [];
  for (let at = 0, end = 0; at < lines.length; at = end) {
    while (end < lines.length && insideString[end] === insideString[at]) end++;
    const some = lines.slice(at, end);
    kept.push(
      ...(insideString[at]
        ? some
        : withoutIndentation(
            text,
            some.map((line) => withoutPrompt(text, line, doctest)),
          )),
    );
  }
  return kept;
}

const firstPrompt = /^[ \t]*>>>/;
const doctest = /^[ \t]*(?:>>>|\.\.\.)[ \t]?/;

/** Whether each line begins inside a string of three quotes that was not opened behind a prompt. */
function tripleQuoted(text: string, lines: readonly Span[]): readonly boolean[] {
  let open: string | undefined;
  let isKept = false;
  return lines.map((line) => {
    const isInside = open !== undefined && isKept;
    const content = text.slice(line.start, line.end);
    for (const [quotes] of content.matchAll(/(?<!\\)(?:"""|''')/g)) {
      if (open === undefined) {
        open = quotes;
        isKept = !doctest.test(content);
      } else if (open === quotes) open = undefined;
    }
    return isInside;
  });
}

function withoutPrompt(text: string, line: Span, prompt: RegExp): Span {
  const found = prompt.exec(text.slice(line.start, line.end));
  return found === null ? line : { start: line.start + found[0].length, end: line.end };
}

/** Lines with their line ends. */
function linesOf(text: string, from: number): Span[] {
  const lines: Span[] = [];
  for (let start = from; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline + 1;
    lines.push({ start, end });
    start = end;
  }
  return lines;
}

function withoutIndentation(text: string, lines: readonly Span[]): Span[] {
  let margin: string | undefined;
  for (const line of lines) {
    if (isBlank(text, line)) continue;
    const indentation = indentationOf(text, line);
    margin = margin === undefined ? indentation : commonStart(margin, indentation);
    if (margin === "") break;
  }
  const width = margin?.length ?? 0;
  return lines.map((line) => {
    if (!isBlank(text, line)) return { start: line.start + width, end: line.end };
    return { start: text[line.end - 1] === "\n" ? line.end - 1 : line.end, end: line.end };
  });
}

function indentationOf(text: string, line: Span): string {
  let end = line.start;
  while (end < line.end && (text[end] === " " || text[end] === "\t")) end++;
  return text.slice(line.start, end);
}

function commonStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}

function isBlank(text: string, line: Span): boolean {
  for (let at = line.start; at < line.end; at++) if (!/\s/.test(text[at] as string)) return false;
  return true;
}
