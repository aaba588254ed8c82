import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";

/** Methods that, applied to their own result, give it again. */
const settled = new Set(
  (
    "abs astype capitalize casefold clip convert_dtypes copy dropna drop_duplicates fillna ffill bfill infer_objects " +
    "interpolate item lower lstrip rename rename_axis replace round rstrip set_axis sort_index sort_values squeeze strip " +
    "title to_frame to_list to_numpy tolist upper unique ravel flatten reshape cpu cuda to eval detach numpy float int long double " +
    "half requires_grad_ tz_convert normalize sort reindex loc iloc query filter"
  ).split(" "),
);

/** Functions that, applied to their own result, give it again. */
const settledFunctions =
  /^(?:abs|bool|dict|float|frozenset|int|list|round|set|sorted|str|tuple|Path)$|\.(?:abs|array|asarray|ascontiguousarray|atleast_\dd|clip|DataFrame|Series|Index|Path|absolute|expanduser|round|sort|squeeze|to_datetime|to_numeric|to_timedelta|unique|ravel|tensor|as_tensor|from_numpy)$/;

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
  return places(python, value, place).next().done === false;
}

/**
 * Whether what an expression makes of a place is the same when it is made of its own result: `same` for filters,
 * conversions and filled gaps, `other` for arithmetic, `unknown` where a function that nobody knows makes it.
 */
export function isRepeatable(python: string, value: ast.Expr, place: string): "same" | "other" | "unknown" {
  let at: ast.Expr = value;
  for (;;) {
    if (isPlace(python, at, place)) return "same";
    if (at.type === "ListComp" || at.type === "SetComp") {
      if (!isFilter(python, at)) return "unknown";
      at = (at.generators[0] as ast.Comprehension).iter;
    } else if (at.type === "Subscript" || at.type === "Attribute") at = at.value;
    else if (at.type === "BoolOp" || at.type === "Compare" || at.type === "IfExp") return "same";
    else if (at.type === "BinOp") return at.op === "|" || at.op === "&" ? "same" : "other";
    else if (at.type !== "Call") return "unknown";
    else {
      const method = at.func.type === "Attribute" ? at.func.attr.name : undefined;
      const function_ = python.slice(at.func.start, at.func.end);
      const argument = at.args[0];
      if (settledFunctions.test(function_) && argument !== undefined && readsPlace(python, argument, place))
        at = argument;
      else if (method !== undefined && isSettledMethod(method, at) && at.func.type === "Attribute") at = at.func.value;
      else return "unknown";
    }
  }
}

/** `[word for word in words if word]`, `[name.lower() for name in names]`: done again, it changes nothing. */
function isFilter(python: string, node: ast.Comp): boolean {
  const [only, more] = node.generators;
  return (
    more === undefined && only?.target.type === "Name" && isRepeatable(python, node.elt, only.target.id) === "same"
  );
}

/** By the method itself, or by how it is called: `df.drop(columns=gone, errors="ignore")` drops nothing twice. */
function isSettledMethod(method: string, { keywords }: ast.Call): boolean {
  const isGiven = (name: string, wanted: boolean | string) =>
    keywords.some(({ arg, value }) => arg?.name === name && value.type === "Constant" && value.value === wanted);
  return (
    settled.has(method) ||
    (method === "reset_index" && isGiven("drop", true)) ||
    (method === "drop" && isGiven("errors", "ignore"))
  );
}

function* places(python: string, value: ast.Expr, place: string): Generator<ast.Expr> {
  for (const { node } of walk(value)) {
    if (
      (node.type === "Name" || node.type === "Attribute" || node.type === "Subscript") &&
      isPlace(python, node, place)
    )
      yield node;
  }
}

function isPlace(python: string, node: ast.Expr, place: string): boolean {
  return node.end - node.start >= place.length && placeText(python, node) === place;
}
