import type * as ast from "../python/ast.ts";

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

/** The value that an expression denotes, where it is a literal; `undefined` otherwise. */
export function literalValue(expression: ast.Expr): ParameterValue | undefined {
  switch (expression.type) {
    case "Constant":
      return constantValue(expression);
    case "UnaryOp":
      return expression.op === "-" || expression.op === "+"
        ? signed(literalValue(expression.operand), expression.op)
        : undefined;
    case "List":
    case "Tuple":
      return all(expression.elts.map(literalValue));
    case "Dict": {
      const keys = expression.keys.map((key) => key && literalValue(key));
      const values = all(expression.values.map(literalValue));
      if (values === undefined || !keys.every((key) => typeof key === "string")) return undefined;
      return Object.fromEntries(keys.map((key, index) => [key, values[index] as ParameterValue]));
    }
    case "Call":
      return nonFinite(expression);
    default:
      return undefined;
  }
}

export function isList(value: ParameterValue): value is readonly ParameterValue[] {
  return Array.isArray(value);
}

function constantValue({ kind, value }: ast.Constant): ParameterValue | undefined {
  if (kind === "float") return new PythonFloat(Number(value));
  return kind === "int" || kind === "str" || kind === "bool" || kind === "none" ? value : undefined;
}

function signed(value: ParameterValue | undefined, sign: "-" | "+"): ParameterValue | undefined {
  if (value instanceof PythonFloat) return sign === "-" ? new PythonFloat(-value.value) : value;
  if (typeof value === "number" || typeof value === "bigint") return sign === "-" ? -value : value;
  return undefined;
}

/** `float("nan")`, `float('-inf')`. */
function nonFinite({ func, args, keywords }: ast.Call): ParameterValue | undefined {
  const [argument] = args;
  if (func.type !== "Name" || func.id !== "float" || args.length !== 1 || keywords.length > 0) return undefined;
  if (argument?.type !== "Constant" || typeof argument.value !== "string") return undefined;
  const number = parseFloatText(argument.value);
  return number === undefined ? undefined : new PythonFloat(number);
}

/** The number that Python's `float(text)` gives; `undefined` where it raises. */
export function parseFloatText(text: string): number | undefined {
  const named = /^\s*([+-]?)(nan|inf|infinity)\s*$/i.exec(text);
  if (named) return named[2]?.toLowerCase() === "nan" ? Number.NaN : named[1] === "-" ? -Infinity : Infinity;
  return /^\s*[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+)?\s*$/i.test(text)
    ? Number(text.replaceAll("_", ""))
    : undefined;
}

function all(values: readonly (ParameterValue | undefined)[]): ParameterValue[] | undefined {
  return values.every((value) => value !== undefined) ? (values as ParameterValue[]) : undefined;
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
