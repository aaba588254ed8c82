/** What is seen of one logical line of Python, as far as IPython's syntax turns on it. */
export interface LogicalLine {
  /** Its first token; the line's end where it has none. */
  readonly first: number;
  /** Behind its line end. */
  readonly end: number;
  /** What follows the first `=` outside brackets, where that is a `%` or `!`: a command whose result is assigned. */
  readonly assigned?: number;
  /** The `?` that is its last token. */
  readonly help?: number;
  /** A bracket or a string is still open at its end. */
  readonly isOpen: boolean;
  /** It has an `=` or `+=` outside brackets. */
  readonly assigns: boolean;
}

const operator = /\*\*=|\/\/=|>>=|<<=|\.\.\.|->|[-+*/%&|^@:=<>!]=|\*\*|\/\/|<<|>>|[\s\S]/y;
const word = /[\p{L}\p{N}_\p{M}]+/uy;
const blank = /(?:[ \t\f]+|\\\n)+/y;

/**
 * Reads the logical line that begins at `start`: through brackets, strings, and line ends after a backslash, to its end
 * or to `limit`. One pass; a line that assigns a command is read up to that command only.
 */
export function readLogicalLine(text: string, start: number, limit = text.length): LogicalLine {
  let at = skip(blank, text, start);
  const first = Math.min(at, limit);
  let depth = 0;
  let isOpen = false;
  let assigns = false;
  let sawAssignment = false;
  let last: { at: number; text: string } | undefined;

  while (at < limit) {
    const character = text[at] as string;
    if (character === "\n") {
      at++;
      if (depth === 0) break;
    } else if (character === "#") {
      const newline = text.indexOf("\n", at);
      last = { at, text: "#" };
      at = newline === -1 ? limit : newline;
    } else if (character === '"' || character === "'") {
      const string = stringFrom(text, at);
      isOpen = !string.closed;
      last = { at, text: character };
      at = string.end;
    } else {
      const wordEnd = skip(word, text, at);
      const end = wordEnd > at ? wordEnd : skip(operator, text, at);
      const token = wordEnd > at ? "word" : text.slice(at, end);
      if (token === "(" || token === "[" || token === "{") depth++;
      else if (token === ")" || token === "]" || token === "}") depth = Math.max(depth - 1, 0);
      else if (depth === 0 && isAssignment(token)) {
        assigns = true;
        const next = skip(blank, text, end);
        if (token === "=" && !sawAssignment && beginsCommand(text, next)) {
          return { first, end: next, assigned: next, isOpen: false, assigns };
        }
        if (token === "=") sawAssignment = true;
      }
      last = { at, text: token };
      at = end;
    }
    at = skip(blank, text, at);
  }
  return {
    first,
    end: Math.min(at, limit),
    ...(last?.text === "?" && last.at > first ? { help: last.at } : {}),
    isOpen: isOpen || depth > 0,
    assigns,
  };
}

function isAssignment(token: string): boolean {
  return token === "=" || (token.endsWith("=") && !["==", "!=", "<=", ">="].includes(token));
}

function beginsCommand(text: string, at: number): boolean {
  if (text[at] === "!") return text[at + 1] !== "=";
  return text[at] === "%" && /^%[ \t]*[\p{L}_]/u.test(text.slice(at, at + 20));
}

/** The end of the string literal whose quotes open at `start`; without closing quotes, the end of its line or text. */
export function stringFrom(text: string, start: number): { end: number; closed: boolean } {
  const quote = text[start] as string;
  const triple = text.startsWith(quote.repeat(3), start);
  const stop = triple ? new RegExp(`\\\\|${quote.repeat(3)}`, "g") : new RegExp(`\\\\|${quote}|\n`, "g");
  stop.lastIndex = start + (triple ? 3 : 1);
  for (let found = stop.exec(text); found !== null; found = stop.exec(text)) {
    if (found[0] === "\\") stop.lastIndex = found.index + 2;
    else if (found[0] === "\n") return { end: found.index, closed: false };
    else return { end: stop.lastIndex, closed: true };
  }
  return { end: text.length, closed: false };
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
