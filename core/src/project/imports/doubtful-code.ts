import type * as ast from "../../python/ast.ts";
import { type TypedNode, walk } from "../../python/walk.ts";
import { isPlainFormat, isPlainPercent } from "./text-formatting.ts";

/** Whether an expression, statement or pattern of that type may break one of ruff's default rules. */
type Doubt<Type extends TypedNode["type"]> = (node: NodeOf<Type, TypedNode>) => boolean;
type NodeOf<Type, Node> = Node extends { readonly type: infer Own } ? (Type extends Own ? Node : never) : never;

/**
 * What may break a rule of pycodestyle (E4, E7, E9) or pyflakes (F) by how it is written
 * (https://docs.astral.sh/ruff/rules/), by the type of the node. Each asks less than its rules do: it holds for all that
 * breaks them, and for some that does not.
 */
const doubts: { readonly [Type in TypedNode["type"]]?: Doubt<Type> } = {
  // E711 and E712, E721, F632
  Compare: ({ left, comparators, ops }) => [left, ...comparators].some((side) => isOddlyCompared(side, ops)),
  // E713, E714
  UnaryOp: ({ op, operand }) =>
    op === "not" && operand.type === "Compare" && operand.ops.some((each) => each === "in" || each === "is"),
  // E722, E741
  Try: ({ handlers }) => handlers.some(({ exceptionType, name }) => exceptionType === undefined || isUnclear(name)),
  TryStar: ({ handlers }) => handlers.some(({ name }) => isUnclear(name)),
  // E731
  Assign: ({ value }) => value.type === "Lambda",
  // E731, F722
  AnnAssign: ({ value, annotation }) => value?.type === "Lambda" || holdsText(annotation),
  // E741 and those of its kind
  Name: ({ id }) => isUnclear({ name: id }),
  ClassDef: ({ name }) => isUnclear(name),
  FunctionDef: (node) => isDoubtfulFunction(node),
  AsyncFunctionDef: (node) => isDoubtfulFunction(node),
  Lambda: ({ args }) => argumentsOf(args).some(({ arg }) => isUnclear(arg)),
  // F501 to F509, F633
  BinOp: ({ op, left, right }) =>
    (op === "%" && isText(left) && !isPlainPercent(left.value, right)) || (op === ">>" && left.type === "Name"),
  // F521 to F525; texts that name types
  Call: (node) => formatsOddly(node) || namesTypes(node),
  // F541
  JoinedStr: ({ values }) => !values.some(({ type }) => type === "FormattedValue"),
  // F601, F602
  Dict: ({ keys }) => hasTwice(keys),
  // F631, F634
  Assert: ({ test }) => test.type === "Tuple",
  If: ({ test }) => test.type === "Tuple",
  IfExp: ({ test }) => test.type === "Tuple",
  While: ({ test }) => test.type === "Tuple",
  // F821: what is deleted may be read once more
  Delete: ({ targets }) => targets.some(({ type }) => type !== "Subscript" && type !== "Attribute"),
  // F901
  Raise: ({ exc }) => exc !== undefined && namesIn(exc).has("NotImplemented"),
  // Patterns bind in many ways
  Match: () => true,
  Global: () => true,
  Nonlocal: () => true,
  Invalid: () => true,
  InvalidExpr: () => true,
  TypeAlias: () => true,
};

/** Whether the code of a module is written in a way that may break a rule. */
export function isDoubtfulCode(module: ast.Module): boolean {
  // `.3f` in `f"{x:.3f}"` is a text of its own, and none without a value.
  const formats = new Set<object>();
  return walk(module).some(({ node }) => {
    if (node.type === "JoinedStr")
      for (const value of node.values)
        if (value.type === "FormattedValue" && value.format_spec !== undefined) formats.add(value.format_spec);
    const doubt = doubts[node.type] as Doubt<typeof node.type> | undefined;
    return doubt !== undefined && !formats.has(node) && doubt(node as never);
  });
}

function isOddlyCompared(side: ast.Expr, ops: readonly string[]): boolean {
  const isIdentity = ops.some((op) => op.startsWith("is"));
  switch (side.type) {
    case "Name":
    case "Attribute":
    case "Subscript":
      return false;
    case "Call":
      return namesIn(side.func).has("type");
    case "Constant":
      return side.kind === "none" || side.kind === "bool" ? ops.some((op) => op === "==" || op === "!=") : isIdentity;
    default:
      return isIdentity;
  }
}

function isDoubtfulFunction({ name, args, returns }: ast.FunctionDef): boolean {
  const all = argumentsOf(args);
  const annotations = [returns, ...all.map(({ annotation }) => annotation)];
  return (
    isUnclear(name) || all.some(({ arg }) => isUnclear(arg)) || annotations.some((each) => each && holdsText(each))
  );
}

function argumentsOf({ posonlyargs, args, vararg, kwonlyargs, kwarg }: ast.Arguments): readonly ast.Arg[] {
  return [...posonlyargs, ...args, ...kwonlyargs, ...[vararg, kwarg].filter((each) => each !== undefined)];
}

/** Names that are taken for a one or a zero. */
function isUnclear(identifier: { readonly name: string } | undefined): boolean {
  return identifier !== undefined && /^[lIO]$/.test(identifier.name);
}

function isText(node: ast.Expr): node is ast.Constant & { readonly value: string } {
  return node.type === "Constant" && (node.kind === "str" || node.kind === "bytes") && typeof node.value === "string";
}

function formatsOddly(call: ast.Call): boolean {
  const { func } = call;
  if (func.type !== "Attribute" || func.attr.name !== "format" || !isText(func.value)) return false;
  return !isPlainFormat(func.value.value, call);
}

/** A quoted annotation. */
function holdsText(annotation: ast.Expr): boolean {
  return walk(annotation).some(({ node }) => node.type === "Constant" && node.kind === "str");
}

/** Functions of `typing` whose arguments are types, which may be quoted. */
const typing = new Set(["cast", "TypeVar", "NewType", "NamedTuple", "TypedDict", "ParamSpec"]);

function namesTypes({ func, args }: ast.Call): boolean {
  return [...namesIn(func)].some((name) => typing.has(name)) && args.some((each) => holdsText(each));
}

/** Names and attributes in an expression. */
function namesIn(expression: ast.Expr): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node } of walk(expression)) {
    if (node.type === "Name") names.add(node.id);
    if (node.type === "Attribute") names.add(node.attr.name);
  }
  return names;
}

/** Whether two keys may be the same; keys that are computed are taken to differ, as ruff takes them. */
function hasTwice(keys: ast.Dict["keys"]): boolean {
  const plain = keys.flatMap((key) => {
    if (key?.type === "Constant") return [String(key.value)];
    return key === undefined ? [] : [key.type === "Name" ? key.id : `${key.type}`];
  });
  return new Set(plain).size < plain.length;
}
