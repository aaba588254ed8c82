import type * as ast from "../../python/ast.ts";
import { ask, askBoth } from "../calls/protocols.ts";
import { noArguments, remember } from "../calls/returned.ts";
import type { Interpreter } from "../interpreter.ts";
import { keepAxes } from "../objects/axes.ts";
import { nothing, union, type Value } from "../objects/value.ts";
import { foldBinary } from "./folding.ts";

/** The value of `left op right`. */
export function operate(run: Interpreter, node: ast.BinOp | ast.AugAssign, left: Value, right: Value): Value {
  const folded = foldBinary(node.op, left, right);
  if (folded !== undefined) return run.at(node, { ...folded, mutable: false });
  const isLists =
    node.op === "+" && [...left, ...right].every(({ type }) => type === "builtins.list" || type === "builtins.tuple");
  if (isLists) {
    const joined = run.at(node, { type: [...left][0]?.type, mutable: true });
    for (const object of joined) run.heap.hold(object, "*", run.heap.items(union(left, right)), run.now);
    return joined;
  }
  if (node.op === "*" && (isSequence(left) || isSequence(right))) return repeated(run, node, union(left, right));
  const operator = operators[node.op];
  const own =
    operator === undefined ? undefined : askBoth(run, [left, right], [`__${operator}__`, `__r${operator}__`], node);
  return own ?? likeOperands(run, node, [left, right]);
}

/** What Python calls an operator, in the names of the methods that make it. */
export const operators: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "truediv",
  "//": "floordiv",
  "%": "mod",
  "@": "matmul",
  "&": "and",
  "|": "or",
  "^": "xor",
  "**": "pow",
  "<<": "lshift",
  ">>": "rshift",
};

function isSequence(value: Value): boolean {
  return value.size > 0 && [...value].every(({ type }) => type === "builtins.list" || type === "builtins.tuple");
}

/** `[row] * 3` holds the same row three times. */
function repeated(run: Interpreter, node: object, given: Value): Value {
  const sequences = [...given].filter(({ type }) => type === "builtins.list" || type === "builtins.tuple");
  const made = run.at(node, { type: sequences[0]?.type, mutable: true });
  for (const object of made) run.heap.hold(object, "*", run.heap.items(new Set(sequences)), run.now);
  return made;
}

/** Types that an operation with them gives, strongest first. */
const strongest = ["pandas.DataFrame", "pandas.Series", "torch.Tensor", "numpy.ndarray", "pandas.Index"];

/** What an operation of a library or of Python itself gives, by the types that it is done with. */
export function likeOperands(run: Interpreter, node: object, operands: readonly Value[]): Value {
  const types = new Set(operands.flatMap((operand) => [...operand].map(({ type }) => type)));
  const strong = strongest.find((type) => types.has(type));
  if (strong !== undefined) {
    const made = run.at(node, { type: strong });
    for (const operand of operands) {
      for (const object of made) remember(run, object, operand);
      keepAxes(run, made, operand);
    }
    return made;
  }
  const known = [...types];
  if (known.every((type) => type !== undefined && run.catalog.isImmutable(type))) {
    const type = known.length === 1 ? known[0] : known.includes("builtins.float") ? "builtins.float" : undefined;
    return run.at(node, { type, mutable: false });
  }
  return run.at(node, { mutable: true });
}

/** The methods of operators with one side. */
export const unary = { "-": "__neg__", "+": "__pos__", "~": "__invert__" } as const;

/** The methods that make a comparison, with those that stand for them on its other side. */
const comparing: Readonly<Record<string, readonly [string, string]>> = {
  "==": ["__eq__", "__eq__"],
  "!=": ["__ne__", "__ne__"],
  "<": ["__lt__", "__gt__"],
  "<=": ["__le__", "__ge__"],
  ">": ["__gt__", "__lt__"],
  ">=": ["__ge__", "__le__"],
};

/** Follows the methods of the notebook's classes that comparisons call. */
export function askComparing(run: Interpreter, node: ast.Compare, operands: readonly Value[]): void {
  for (const [at, op] of node.ops.entries()) {
    const [left, right] = [operands[at] ?? nothing, operands[at + 1] ?? nothing];
    const methods = comparing[op];
    if (methods !== undefined) askBoth(run, [left, right], methods, node);
    else if (op === "in" || op === "not in")
      ask(run, right, ["__contains__", "__iter__", "__getitem__"], { ...noArguments, positional: [left] }, node);
  }
}
