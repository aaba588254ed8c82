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
