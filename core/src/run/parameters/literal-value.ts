import type * as ast from "../../python/ast.ts";
import { parseFloatText } from "./parameter-text.ts";
import { type ParameterValue, PythonFloat } from "./parameter-value.ts";

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

function all(values: readonly (ParameterValue | undefined)[]): ParameterValue[] | undefined {
  return values.every((value) => value !== undefined) ? (values as ParameterValue[]) : undefined;
}
