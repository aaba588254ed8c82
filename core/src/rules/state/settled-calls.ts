import type * as ast from "../../python/ast.ts";

/** Methods that, applied to their own result, give it again. */
const methods = new Set(
  (
    "abs astype capitalize casefold clip convert_dtypes copy dropna drop_duplicates fillna ffill bfill infer_objects " +
    "interpolate item lower lstrip rename rename_axis replace round rstrip set_axis sort_index sort_values squeeze strip " +
    "title to_frame to_list to_numpy tolist upper unique ravel flatten reshape cpu cuda to eval detach numpy float int long double " +
    "half requires_grad_ tz_convert normalize sort reindex loc iloc query filter"
  ).split(" "),
);

/** Functions that, applied to their own result, give it again. */
const functions =
  /^(?:abs|bool|dict|float|frozenset|int|list|round|set|sorted|str|tuple|Path)$|\.(?:abs|array|asarray|ascontiguousarray|atleast_\dd|clip|DataFrame|Series|Index|Path|absolute|expanduser|round|sort|squeeze|to_datetime|to_numeric|to_timedelta|unique|ravel|tensor|as_tensor|from_numpy)$/;

/** Gaps that are filled stay filled. */
const imputing = /imputer\w*(?:\(.*\))?\.(?:fit_)?transform$/is;

/** A pattern of one kind of character, and how often: what is put in the place of those is there once. */
const oneKind = /^(?:\[[^\][]+\]|\\[wWdDsS])[+*]?$/;

/** By the method itself, or by how it is called: `df.drop(columns=gone, errors="ignore")` drops nothing twice. */
export function isSettledMethod(method: string, { keywords }: ast.Call): boolean {
  const isGiven = (name: string, wanted: boolean | string) =>
    keywords.some(({ arg, value }) => arg?.name === name && value.type === "Constant" && value.value === wanted);
  return (
    methods.has(method) ||
    (method === "reset_index" && isGiven("drop", true)) ||
    (method === "drop" && isGiven("errors", "ignore"))
  );
}

/** The argument of a function that, applied to its own result, gives it again: `sorted(x)`, `re.sub(r"\s+", " ", x)`. */
export function settledArgument(python: string, { func, args }: ast.Call): ast.Expr | undefined {
  const name = python.slice(func.start, func.end);
  if (name !== "re.sub") return functions.test(name) || imputing.test(name) ? args[0] : undefined;
  const [pattern, replacement] = args.map((arg) => (arg.type === "Constant" ? arg.value : undefined));
  const isSettled =
    typeof pattern === "string" && oneKind.test(pattern) && typeof replacement === "string" && replacement.length < 2;
  return isSettled ? args[2] : undefined;
}
