import type { Span } from "../text/position.ts";
import { stringFrom } from "./logical-line.ts";
import type { TextPiece } from "./written-call.ts";

/** A text as Python's `repr` writes it. */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\'"]|[^\x20-\x7e]/gsu, (character) => {
    if (character === "\\" || character === quote) return `\\${character}`;
    if (character === "'" || character === '"') return character;
    return short[character] ?? (printable.test(character) ? character : codeEscape(character));
  });
  return `${quote}${escaped}${quote}`;
}

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** As `str.isprintable`: no controls, formats, surrogates, private or unassigned characters, no separators. */
const printable = /[^\p{C}\p{Z}]/u;

function codeEscape(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

/** A literal text, and what each piece of it stands for. */
export interface LiteralText {
  readonly text: string;
  /** Behind the literal. */
  readonly end: number;
  readonly pieces: readonly TextPiece[];
}

/** The literal text of Python that stands at `at`; `undefined` for other literals and rare escapes. */
export function readText(source: string, at: number): LiteralText | undefined {
  opening.lastIndex = at;
  const [found, prefix, quotes = ""] = opening.exec(source) ?? [];
  if (found === undefined) return undefined;
  const start = opening.lastIndex;
  const { end, closed } = stringFrom(source, start - quotes.length);
  if (!closed) return undefined;
  const body = { start, end: end - quotes.length };
  const pieces = prefix?.toLowerCase() === "r" ? [exactPiece(source, body)] : unescaped(source, body);
  return pieces === undefined ? undefined : { text: pieces.map(({ text }) => text).join(""), end, pieces };
}

const opening = /([rRuU])?("""|'''|"(?!"")|'(?!''))/y;

/** `undefined` where it has an escape by a character's code. */
function unescaped(source: string, { start, end }: Span): readonly TextPiece[] | undefined {
  const pieces: TextPiece[] = [];
  let done = start;
  for (let at = source.indexOf("\\", start); at !== -1 && at < end; at = source.indexOf("\\", at + 2)) {
    const character = source[at + 1] as string;
    const text = meanings[character];
    if (text === undefined && /[0-7xuUNabfv]/.test(character)) return undefined;
    if (text === undefined) continue;
    pieces.push(exactPiece(source, { start: done, end: at }), { start: at, end: at + 2, text, exact: false });
    done = at + 2;
  }
  return [...pieces, exactPiece(source, { start: done, end })].filter((piece) => piece.text !== "");
}

function exactPiece(source: string, { start, end }: Span): TextPiece {
  return { start, end, text: source.slice(start, end), exact: true };
}

const meanings: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  "\n": "",
  n: "\n",
  t: "\t",
  r: "\r",
};
