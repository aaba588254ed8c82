import type { Span } from "../text/position.ts";
import type { Comment } from "./ast.ts";

/** Lines that go on with the statement before them, though they start at the left edge. */
const continuation = /(?:elif|else|except|finally)\b|[)\]}]/y;

/** Anything that matters for where a logical line ends. */
const lexeme = /#[^\n]*|(?:"""|'''|["'])|[([{]|[)\]}]|\\\r?\n|\n/g;

/** A line continuation on the next line, with nothing else on it. */
const nextContinuation = /[ \t]*\\\r?\n/y;

/**
 * The top-level statements of a text that may be broken, each with the lines that belong to it, in order; together
 * they are the text. `brackets`: a line inside open brackets goes on with its statement. `edge`: every line that
 * starts at the left edge starts a statement, for brackets that are never closed; strings over lines are kept either way.
 */
export function logicalLines(
  text: string,
  by: "brackets" | "edge",
  within: Span = { start: 0, end: text.length },
): Span[] {
  const starts: number[] = [within.start];
  let depth = 0;
  let decorated = isDecorator(text, within.start);
  lexeme.lastIndex = within.start;
  for (let match = lexeme.exec(text); match !== null && match.index < within.end; match = lexeme.exec(text)) {
    const [found] = match;
    if (found.startsWith("'") || found.startsWith('"')) lexeme.lastIndex = endOfString(text, match.index, found);
    else if ("([{".includes(found)) depth++;
    else if (")]}".includes(found)) depth = Math.max(0, depth - 1);
    else if (found === "\n" && (depth === 0 || by === "edge")) {
      const next = match.index + 1;
      if (next >= within.end || !startsStatement(text, next)) continue;
      if (!decorated) starts.push(next);
      decorated = isDecorator(text, next);
      depth = 0;
    }
  }
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? within.end }));
}

/**
 * The text of a piece with every line break and comment inside brackets made blank, so that it is as long as before:
 * tree-sitter's scanner ends a block at a line that is indented less, even where brackets are open. The comments that
 * were made blank are added to `comments`.
 */
export function joinLines(text: string, within: Span, comments: Comment[]): string {
  const pieces: string[] = [];
  let depth = 0;
  let at = within.start;
  lexeme.lastIndex = within.start;
  for (let match = lexeme.exec(text); match !== null && match.index < within.end; match = lexeme.exec(text)) {
    const [found] = match;
    if (found.startsWith("'") || found.startsWith('"')) {
      const end = endOfString(text, match.index, found);
      // A line that ends in a string stays one: made blank, the string would go on.
      lexeme.lastIndex = isCutOff(text, match.index, end, found) ? end + 1 : end;
    } else if ("([{".includes(found)) depth++;
    else if (")]}".includes(found)) depth = Math.max(0, depth - 1);
    else if (depth > 0 && (found === "\n" || found.startsWith("#"))) {
      const end = match.index + found.length;
      pieces.push(text.slice(at, match.index), " ".repeat(found.length));
      if (found !== "\n") comments.push({ start: match.index, end, text: found });
      at = end;
    }
  }
  pieces.push(text.slice(at, within.end));
  return pieces.join("");
}

/**
 * The text with every comment made blank, and each run of line continuations joined to one, so that it is as long as
 * before: the parser reads on over all that follow at each of them. The comments that were made blank are added to
 * `comments`, `base` added to their places.
 */
export function withoutRuns(text: string, base: number, comments: Comment[]): string {
  const pieces: string[] = [];
  let at = 0;
  const blank = (start: number, end: number) => {
    pieces.push(text.slice(at, start), " ".repeat(end - start));
    at = end;
  };
  lexeme.lastIndex = 0;
  for (let match = lexeme.exec(text); match !== null; match = lexeme.exec(text)) {
    const [found] = match;
    const end = match.index + found.length;
    if (found.startsWith("'") || found.startsWith('"')) lexeme.lastIndex = endOfString(text, match.index, found);
    else if (found.startsWith("#")) {
      blank(match.index, end);
      comments.push({ start: base + match.index, end: base + end, text: found });
    } else if (found.startsWith("\\")) {
      nextContinuation.lastIndex = end;
      if (nextContinuation.test(text)) blank(match.index, end);
    }
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}

function isDecorator(text: string, at: number): boolean {
  return text[at] === "@";
}

function startsStatement(text: string, at: number): boolean {
  const first = text[at];
  if (first === undefined || /[\s#]/.test(first)) return false;
  continuation.lastIndex = at;
  return !continuation.test(text);
}

/** Where a string ends that opens at `at`: after its closing quotes, or at the end of its line if it has none there. */
export function endOfString(text: string, at: number, quotes: string): number {
  if (quotes.length === 3) {
    const closed = closing(text, at + 3, quotes);
    return closed === -1 ? at + 3 : closed + 3;
  }
  for (let here = at + 1; here < text.length; here++) {
    const character = text[here];
    if (character === "\\") here++;
    else if (character === quotes) return here + 1;
    else if (character === "\n") return here;
  }
  return text.length;
}

/** Whether the line ends in a string that opens at `at`, before its closing quotes. */
function isCutOff(text: string, at: number, end: number, quotes: string): boolean {
  if (quotes.length > 1 || text[end] !== "\n") return false;
  return end - 1 === at || text[end - 1] !== quotes || isEscaped(text, end - 1, at + 1);
}

function closing(text: string, from: number, quotes: string): number {
  let found = text.indexOf(quotes, from);
  while (found !== -1 && isEscaped(text, found, from)) found = text.indexOf(quotes, found + 1);
  return found;
}

function isEscaped(text: string, at: number, from: number): boolean {
  let backslashes = 0;
  while (at - 1 - backslashes >= from && text[at - 1 - backslashes] === "\\") backslashes++;
  return backslashes % 2 === 1;
}
