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
  const prompt = prompts.find(({ initial }) => initial.test(text.slice(kept[0]?.start, kept[0]?.end)));
  if (prompt === undefined) return kept;
  return withoutIndentation(
    text,
    kept.map((line) => {
      const found = prompt.any.exec(text.slice(line.start, line.end));
      return found === null ? line : { start: line.start + found[0].length, end: line.end };
    }),
  );
}

/** Of the first line, and of all lines once the first one has it. */
const prompts: readonly { readonly initial: RegExp; readonly any: RegExp }[] = [
  { initial: /^[ \t]*>>>(?: |$)/m, any: /^[ \t]*(?:>>>|\.\.\.)(?:[ \t]|$)/m },
  {
    initial: /^(?:(?:\[nav\]|\[ins\])? )?In \[\d+\]: /,
    any: /^(?:(?:(?:\[nav\]|\[ins\])? )?In \[\d+\]: |[ \t]*\.{3,}: ?)/,
  },
];

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
