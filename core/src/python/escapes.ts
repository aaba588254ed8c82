import type { Span } from "../text/position.ts";

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

/** An escape that names no character, and where it stands in the inside of its literal. */
export interface BrokenEscape {
  readonly written: string;
  readonly index: number;
}

const escapes = /\\(?:x[\da-fA-F]{0,2}|u[\da-fA-F]{0,4}|U[\da-fA-F]{0,8}|N(?:\{[^{}]+\}?)?|[\s\S])/g;

/** The first escape in the inside of a literal that Python refuses. */
export function brokenEscape(text: string, isBytes: boolean): BrokenEscape | undefined {
  const broken = [...text.matchAll(escapes)].find(([found]) => !isWhole(found, isBytes));
  return broken && { written: broken[0], index: broken.index };
}

/** The place of a broken escape in a text whose literal's inside begins at `start`. */
export function placeOfEscape(start: number, { index }: BrokenEscape): Span {
  return { start: start + index, end: start + index + 2 };
}

/** What is said of a broken escape. */
export function messageOf({ written }: BrokenEscape, isBytes: boolean): string {
  if (isBytes) return "invalid \\x escape";
  return `${written.slice(0, 2)} begins no character here; write r"..." for a text with backslashes`;
}

function isWhole(found: string, isBytes: boolean): boolean {
  switch (found[1]) {
    case "x":
      return found.length === 4;
    case "u":
      return isBytes || found.length === 6;
    case "U":
      return isBytes || (found.length === 10 && Number.parseInt(found.slice(2), 16) <= 0x10ffff);
    case "N":
      return isBytes || found.endsWith("}");
    default:
      return true;
  }
}
