import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { isSettledMethod, settledArgument } from "./settled-calls.ts";
import { isCollective } from "./table-reads.ts";

/** Functions of the notebook, as far as doing them to their own result is the same as doing them once. */
export interface OwnFunctions {
  /** Whether that is so for the argument at this place or of this name. */
  isRepeatable(name: string, argument: number | string): boolean;
}

/** Methods that do something to every element. */
const elementwise = new Set(["apply", "map", "applymap"]);

/** The text of a place without the blanks in it. */
export function placeText(python: string, node: ast.Expr): string {
  return python.slice(node.start, node.end).replace(/\s+/g, "");
}

/** The name at the root of `name`, `name.attribute`, `name[item]`. */
export function rootName(node: ast.Expr): string | undefined {
  let at = node;
  while (at.type === "Attribute" || at.type === "Subscript") at = at.value;
  return at.type === "Name" ? at.id : undefined;
}

/** Whether an expression reads a place. */
export function readsPlace(python: string, value: ast.Expr, place: string): boolean {
  return walk(value).some(
    ({ node }) =>
      (node.type === "Name" || node.type === "Attribute" || node.type === "Subscript") && isPlace(python, node, place),
  );
}

/**
 * Whether what an expression makes of a place is the same when it is made of its own result: `same` for filters,
 * conversions and filled gaps, `other` for arithmetic, `unknown` where a function that nobody knows makes it.
 */
export function isRepeatable(
  python: string,
  value: ast.Expr,
  place: string,
  functions: OwnFunctions,
): "same" | "other" | "unknown" {
  let at: ast.Expr = value;
  for (;;) {
    if (isPlace(python, at, place)) return "same";
    if (at.type === "ListComp" || at.type === "SetComp") {
      if (!isFilter(python, at, functions)) return "unknown";
      at = (at.generators[0] as ast.Comprehension).iter;
    } else if (at.type === "Attribute") at = at.value;
    else if (at.type === "Subscript") {
      const taken = isTakenAgain(python, at, place);
      if (taken !== "same") return taken;
      at = at.value;
    } else if (at.type === "BoolOp" || at.type === "Compare" || at.type === "IfExp") return "same";
    else if (at.type === "BinOp") return at.op === "|" || at.op === "&" ? "same" : "other";
    else {
      const made: ast.Expr | undefined = at.type === "Call" ? argumentOf(python, at, place, functions) : undefined;
      if (made === undefined) return "unknown";
      at = made;
    }
  }
}

/** What a call that can be done again is done to. */
function argumentOf(python: string, call: ast.Call, place: string, functions: OwnFunctions): ast.Expr | undefined {
  const { func } = call;
  const isOfPlace = (node: ast.Expr | undefined) => node !== undefined && readsPlace(python, node, place);
  const settled = settledArgument(python, call);
  if (isOfPlace(settled)) return settled;
  if (func.type === "Name") {
    const given = argumentsOf(call).filter(({ value }) => isOfPlace(value));
    const [only] = given;
    const isDone = only !== undefined && given.length === 1 && functions.isRepeatable(func.id, only.argument);
    return isDone ? only.value : undefined;
  }
  if (func.type !== "Attribute") return undefined;
  const isDone =
    isSettledMethod(func.attr.name, call) ||
    (elementwise.has(func.attr.name) && isElementDone(python, call, functions));
  return isDone ? func.value : undefined;
}

/** The arguments of a call, each with its place or its name; those behind a star have none. */
export function argumentsOf({ args, keywords }: ast.Call): readonly { value: ast.Expr; argument: number | string }[] {
  const star = args.findIndex(({ type }) => type === "Starred");
  return [
    ...args.map((value, at) => ({ value, argument: star !== -1 && at >= star ? "*" : at })),
    ...keywords.map(({ arg, value }) => ({ value, argument: arg?.name ?? "**" })),
  ];
}

/** `s.map(clean)`, `s.apply(lambda text: text.strip())`. */
function isElementDone(python: string, { args, keywords }: ast.Call, functions: OwnFunctions): boolean {
  const [done, more] = args;
  if (done === undefined || more !== undefined || keywords.length > 0) return false;
  if (done.type === "Name") return functions.isRepeatable(done.id, 0);
  const parameter = done.type === "Lambda" ? done.args.args[0]?.arg.name : undefined;
  return (
    done.type === "Lambda" &&
    parameter !== undefined &&
    isRepeatable(python, done.body, parameter, functions) === "same"
  );
}

/** `x[:100]`, `x["1959":]`, `x[x > 0]`: taken of what was taken, it is all of it. */
function isTakenAgain(
  python: string,
  { value, slice: key }: ast.Subscript,
  place: string,
): "same" | "other" | "unknown" {
  const parts = key.type === "Tuple" ? key.elts : [key];
  if (parts.some(({ type }) => type === "Constant")) return "unknown";
  const isByLabel = value.type === "Attribute" && value.attr.name === "loc";
  if (!isByLabel && parts.some((part) => part.type === "Slice" && leavesOut(part))) return "other";
  // Rows are taken by what all rows say: those that are left say something else.
  return isCollective(key) && readsPlace(python, key, place) ? "other" : "same";
}

/** `[1:]`, `[:-1]`, `[::2]`, not `[:100]` and `[-100:]`: done again, it leaves out some more. */
function leavesOut({ lower, upper, step }: ast.Slice): boolean {
  const isCounted = lower?.type === "Constant" && lower.kind === "int" && Number(lower.value) > 0;
  return isCounted || upper?.type === "UnaryOp" || step !== undefined;
}

/** `[word for word in words if word]`, `[name.lower() for name in names]`: done again, it changes nothing. */
function isFilter(python: string, { generators, elt }: ast.Comp, functions: OwnFunctions): boolean {
  const [only, more] = generators;
  return (
    more === undefined &&
    only?.target.type === "Name" &&
    isRepeatable(python, elt, only.target.id, functions) === "same"
  );
}

function isPlace(python: string, node: ast.Expr, place: string): boolean {
  return node.end - node.start >= place.length && placeText(python, node) === place;
}
