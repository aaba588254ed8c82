import type { ConstantValue } from "../objects/traits.ts";
import { constantOf, type Value } from "../objects/value.ts";

/** The constant that an operation gives, where both sides are constants: texts, numbers, paths. */
export function foldBinary(
  op: string,
  left: Value,
  right: Value,
): { readonly type: string; readonly constant?: ConstantValue } | undefined {
  const [a, b] = [constantOf(left), constantOf(right)];
  const isPath = [...left, ...right].some(({ type }) => type?.startsWith("pathlib."));
  if (isPath) {
    if (op !== "/") return undefined;
    return typeof a === "string" && typeof b === "string"
      ? { type: "pathlib.Path", constant: joinPath(a, b) }
      : { type: "pathlib.Path" };
  }
  if (typeof a === "string" && typeof b === "string" && op === "+") return { type: "builtins.str", constant: a + b };
  if (typeof a === "string" && op === "%") return { type: "builtins.str" };
  if (typeof a !== "number" || typeof b !== "number") return undefined;
  const number = arithmetic(op, a, b);
  if (number === undefined || !Number.isFinite(number)) return undefined;
  const type = op !== "/" && Number.isInteger(number) ? "builtins.int" : "builtins.float";
  return { type, constant: number };
}

/** As `os.path.join` for POSIX paths. */
export function joinPath(...parts: readonly string[]): string {
  let path = "";
  for (const part of parts) {
    if (part.startsWith("/")) path = part;
    else path = path === "" || path.endsWith("/") ? path + part : `${path}/${part}`;
  }
  return path;
}

function arithmetic(op: string, a: number, b: number): number | undefined {
  switch (op) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0 ? undefined : a / b;
    case "**":
      return a ** b;
    default:
      return undefined;
  }
}
