import type { Statement } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import type { JsonValue, Parameter } from "../plan.ts";

/** A literal's value as JSON and its type; `undefined` for what is no literal that JSON and a command line can say. */
export function literalOf(node: ast.Expr): { readonly type: Parameter["type"]; readonly value: JsonValue } | undefined {
  switch (node.type) {
    case "Constant":
      return constantOf(node);
    case "UnaryOp": {
      const operand = node.op === "-" || node.op === "+" ? literalOf(node.operand) : undefined;
      if (operand === undefined || typeof operand.value !== "number") return undefined;
      return node.op === "-" ? { type: operand.type, value: -operand.value } : operand;
    }
    case "List":
    case "Tuple": {
      const items = node.elts.map(literalOf);
      return items.every((item) => item !== undefined)
        ? { type: "list", value: items.map(({ value }) => value) }
        : undefined;
    }
    case "Dict": {
      const entries: [string, JsonValue][] = [];
      for (const [index, key] of node.keys.entries()) {
        const value = literalOf(node.values[index] as ast.Expr);
        if (key?.type !== "Constant" || key.kind !== "str" || value === undefined) return undefined;
        entries.push([String(key.value), value.value]);
      }
      return { type: "dict", value: Object.fromEntries(entries) };
    }
    default:
      return undefined;
  }
}

/** The text in `Path("data")`. */
export function pathLiteralOf(
  node: ast.Expr,
  statement: Statement,
): { readonly type: "str"; readonly value: string } | undefined {
  const [part, ...others] = textArguments(node, statement, "pathlib.Path");
  return part === undefined || others.length > 0 ? undefined : { type: "str", value: part };
}

/** The path that `os.path.join("data", "train.csv")` gives, with forward slashes, which every system reads. */
export function joinedPathOf(
  node: ast.Expr,
  statement: Statement,
): { readonly type: "str"; readonly value: string } | undefined {
  const parts = textArguments(node, statement, "os.path.join");
  const isPlain = parts.every((part, at) => part !== "" && !/[\\:]/.test(part) && (at === 0 || !part.startsWith("/")));
  return parts.length > 0 && isPlain ? { type: "str", value: parts.join("/").replace(/\/{2,}/g, "/") } : undefined;
}

/** The arguments of a call of `wanted` that is given texts only; none for anything else. */
function textArguments(node: ast.Expr, { calls }: Statement, wanted: string): readonly string[] {
  if (node.type !== "Call" || node.keywords.length > 0) return [];
  const callee = calls.find((call) => call.node.start === node.start && call.node.end === node.end)?.callee;
  if (callee !== wanted) return [];
  const literals = node.args.map(literalOf);
  return literals.every((literal) => literal?.type === "str") ? literals.map((literal) => String(literal?.value)) : [];
}

function constantOf({ kind, value }: ast.Constant): { type: Parameter["type"]; value: JsonValue } | undefined {
  switch (kind) {
    case "int":
      return typeof value === "number" && Number.isSafeInteger(value) ? { type: "int", value } : undefined;
    case "float":
      return {
        type: "float",
        value: Number.isFinite(Number(value)) ? Number(value) : value === -Infinity ? "-inf" : "inf",
      };
    case "str":
      return String(value).includes("\\N{") ? undefined : { type: "str", value: String(value) };
    case "bool":
      return { type: "bool", value: value === true };
    case "none":
      return { type: "none", value: null };
    default:
      return undefined;
  }
}
