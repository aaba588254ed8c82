import type * as ast from "../../python/ast.ts";
import { holdsByOrder } from "../../text/order-operator.ts";

/**
 * Whether a test of an `if` surely holds where Python 3 runs it, in a notebook or in a module that it imports; absent
 * where that hangs on the run.
 */
export function decidedTest(test: ast.Expr, isImported: boolean): boolean | undefined {
  if (test.type === "UnaryOp" && test.op === "not") {
    const inner = decidedTest(test.operand, isImported);
    return inner === undefined ? undefined : !inner;
  }
  // What is written as a constant decides: a variable may be set by a parameter.
  if (test.type === "Constant") return truth(test);
  if (test.type === "Attribute" && test.value.type === "Name" && test.value.id === "six") {
    if (test.attr.name === "PY2") return false;
    return test.attr.name === "PY3" ? true : undefined;
  }
  const [operator, second] = test.type === "Compare" ? test.ops : [];
  const [right] = test.type === "Compare" ? test.comparators : [];
  if (test.type !== "Compare" || operator === undefined || right === undefined || second !== undefined)
    return undefined;
  const { left } = test;
  if (operator === "==" && (isMainGuard(left, right) || isMainGuard(right, left))) return !isImported;
  return versionTest(left, operator, right);
}

function truth({ kind, value }: ast.Constant): boolean | undefined {
  return kind === "bytes" || kind === "complex" || kind === "ellipsis" ? undefined : Boolean(value);
}

/** `__name__ == "__main__"`, which holds in a notebook alone. */
function isMainGuard(name: ast.Expr, text: ast.Expr): boolean {
  return name.type === "Name" && name.id === "__name__" && text.type === "Constant" && text.value === "__main__";
}

/** The oldest Python that is read, and one that no Python 3 will reach. */
const versions = [
  [3, 8],
  [3, 1000],
] as const;

/** `sys.version_info < (3, 0)`, `sys.version_info[0] == 2`, `sys.version_info.major >= 3`. */
function versionTest(left: ast.Expr, operator: string, right: ast.Expr): boolean | undefined {
  const wanted = numbersOf(right);
  if (wanted === undefined) return undefined;
  const parts = isVersion(left) ? 2 : isMajor(left) ? 1 : 0;
  if (parts === 0 || (parts === 1) !== (right.type === "Constant")) return undefined;
  const answers = versions.map((version) => compareBy(operator, version.slice(0, parts), wanted));
  return answers[0] === answers[1] ? answers[0] : undefined;
}

function numbersOf(node: ast.Expr): readonly number[] | undefined {
  const elements = node.type === "Tuple" ? node.elts : [node];
  const numbers = elements.map((element) =>
    element.type === "Constant" && element.kind === "int" ? Number(element.value) : Number.NaN,
  );
  return numbers.some(Number.isNaN) ? undefined : numbers;
}

/** `sys.version_info`, and its first parts: `sys.version_info[:2]`. */
function isVersion(node: ast.Expr): boolean {
  if (node.type === "Subscript" && node.slice.type === "Slice") {
    const { lower, upper, step } = node.slice;
    return (
      lower === undefined &&
      step === undefined &&
      upper?.type === "Constant" &&
      upper.value === 2 &&
      isVersion(node.value)
    );
  }
  return node.type === "Attribute"
    ? node.attr.name === "version_info" && node.value.type === "Name" && node.value.id === "sys"
    : node.type === "Name" && node.id === "version_info";
}

function isMajor(node: ast.Expr): boolean {
  if (node.type === "Attribute") return node.attr.name === "major" && isVersion(node.value);
  return node.type === "Subscript" && isVersion(node.value) && node.slice.type === "Constant" && node.slice.value === 0;
}

/** As Python compares tuples; absent where more of the version would have to be known. */
function compareBy(operator: string, version: readonly number[], wanted: readonly number[]): boolean | undefined {
  const at = version.findIndex((part, index) => part !== wanted[index]);
  const [part, other] = [version[at], wanted[at]];
  // What is equal as far as it is known: a whole number is known whole.
  if (part === undefined && version.length > 1) return undefined;
  // A version that is longer than what is wanted is greater than it.
  const order = part === undefined ? 0 : other === undefined ? 1 : part - other;
  return holdsByOrder(operator, order);
}
