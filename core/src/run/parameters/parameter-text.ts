import { type ParameterValue, PythonFloat } from "./parameter-value.ts";

/** The number that Python's `float(text)` gives; `undefined` where it raises. */
export function parseFloatText(text: string): number | undefined {
  const named = /^\s*([+-]?)(nan|inf|infinity)\s*$/i.exec(text);
  if (named) return named[2]?.toLowerCase() === "nan" ? Number.NaN : named[1] === "-" ? -Infinity : Infinity;
  return /^\s*[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+)?\s*$/i.test(text)
    ? Number(text.replaceAll("_", ""))
    : undefined;
}

/** The number that Python's `int(text)` gives, exact at any size; `undefined` where it raises. */
export function parseIntegerText(text: string): number | bigint | undefined {
  if (!/^\s*[+-]?\d+(_\d+)*\s*$/.test(text)) return undefined;
  const digits = text.trim().replaceAll("_", "").replace(/^\+/, "");
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits);
}

/** The truth value that a text of the command line says; undefined where it says none. */
export function parseBooleanText(text: string): boolean | undefined {
  return booleans[text];
}

const booleans: Readonly<Record<string, boolean>> = { true: true, True: true, false: false, False: false };

/** What a text most likely means where nothing says its type: as papermill reads every text, and `true` beside `True`. */
export function likelyValue(text: string): ParameterValue {
  if (text === "None") return null;
  const known = parseBooleanText(text) ?? parseIntegerText(text);
  if (known !== undefined) return known;
  const number = parseFloatText(text);
  return number === undefined ? text : new PythonFloat(number);
}
