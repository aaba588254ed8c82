const simple: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const sequence = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs;

/**
 * The text that the inside of a string literal denotes. What Python leaves as it stands (`\d`) stays; so does
 * `\N{...}`, because the names of characters are not known here.
 */
export function decodeEscapes(text: string, isBytes: boolean): string {
  return text.replace(sequence, (all, octal?: string, hex?: string, short?: string, long?: string, other?: string) => {
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8) & (isBytes ? 0xff : 0xfff));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    const code = isBytes ? undefined : (short ?? long);
    if (code !== undefined) {
      const point = Number.parseInt(code, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : all;
    }
    return other === undefined ? all : (simple[other] ?? all);
  });
}
