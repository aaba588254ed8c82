/** A value for a parameter: what JSON can say, with large integers, and floats that must not become integers. */
export type ParameterValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | PythonFloat
  | readonly ParameterValue[]
  | { readonly [key: string]: ParameterValue };

/** A Python float, whatever its digits: `1.0` is not `1`. */
export class PythonFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/**
 * Python source that denotes a value, quoted as papermill quotes it (ASCII only, double quotes). Nesting may be of any
 * depth that JSON had.
 */
export function pythonLiteral(value: ParameterValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return String(value);
  if (typeof value === "string") return quote(value);
  if (typeof value === "number")
    return Number.isInteger(value) && !Object.is(value, -0) ? integer(value) : float(value);
  if (value instanceof PythonFloat) return float(value.value);
  if (isList(value)) return `[${value.map(pythonLiteral).join(", ")}]`;
  const items = Object.entries(value).map(([key, item]) => `${quote(key)}: ${pythonLiteral(item)}`);
  return `{${items.join(", ")}}`;
}

/** As JSON for records and metadata: floats as numbers, what JSON has no number for as text. */
export function plainValue(value: ParameterValue): unknown {
  if (value instanceof PythonFloat) return plainValue(value.value);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number" && !Number.isFinite(value)) return pythonName(value);
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.map(plainValue);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValue(item)]));
}

/** True for a list, which JSON has as an array. */
export function isList(value: ParameterValue): value is readonly ParameterValue[] {
  return Array.isArray(value);
}

function integer(value: number): string {
  return String(BigInt(value));
}

function float(value: number): string {
  if (!Number.isFinite(value)) return `float('${pythonName(value)}')`;
  const text = Object.is(value, -0) ? "-0.0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function pythonName(value: number): string {
  if (Number.isNaN(value)) return "nan";
  return value < 0 ? "-inf" : "inf";
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function quote(text: string): string {
  const escaped = text.replace(/[^ !#-[\]-~]/gu, (character) => {
    const code = character.codePointAt(0) as number;
    if (escapes[character] !== undefined) return escapes[character];
    const hex = code.toString(16);
    if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
    return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
  });
  return `"${escaped}"`;
}
