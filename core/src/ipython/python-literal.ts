import { stringFrom } from "./logical-line.ts";

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

/** A literal text of Python that stands at `at`, and where it ends; `undefined` for other literals and rare escapes. */
export function readText(source: string, at: number): { readonly text: string; readonly end: number } | undefined {
  opening.lastIndex = at;
  const [found, prefix, quotes = ""] = opening.exec(source) ?? [];
  if (found === undefined) return undefined;
  const { end, closed } = stringFrom(source, opening.lastIndex - quotes.length);
  if (!closed) return undefined;
  const body = source.slice(opening.lastIndex, end - quotes.length);
  const text = prefix?.toLowerCase() === "r" ? body : unescaped(body);
  return text === undefined ? undefined : { text, end };
}

const opening = /([rRuU])?("""|'''|"(?!"")|'(?!''))/y;

/** `undefined` where it has an escape by a character's code. */
function unescaped(body: string): string | undefined {
  let isPlain = true;
  const text = body.replace(/\\([\s\S])/g, (whole, character: string) => {
    const meant = meanings[character];
    if (meant === undefined && /[0-7xuUNabfv]/.test(character)) isPlain = false;
    return meant ?? whole;
  });
  return isPlain ? text : undefined;
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
