import type * as ast from "../../python/ast.ts";

/** `%d`, `%5.2f`, `%%`. */
const conversion = /%(?:%|[-+ #0]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa])/g;

/** `{}`, `{0}`, `{:.2f}`, `{1!r:>10}`; and braces that stand for themselves. */
const field = /\{\{|\}\}|\{(?<index>\d*)(?:![rsa])?(?::[^{}]*)?\}/g;

/** Whether `text % right` is plainly right: as many values as places, and none by name. */
export function isPlainPercent(text: string, right: ast.Expr): boolean {
  if (text.replaceAll(conversion, "").includes("%") || right.type === "Dict") return false;
  const places = (text.match(conversion) ?? []).filter((each) => each !== "%%").length;
  if (right.type !== "Tuple") return places === 1;
  return areSingle(right.elts) && right.elts.length === places;
}

/** Whether `text.format(...)` is plainly right: every value has a place and every place a value, and none by name. */
export function isPlainFormat(text: string, { args, keywords }: ast.Call): boolean {
  if (/[{}]/.test(text.replaceAll(field, "")) || keywords.length > 0 || !areSingle(args)) return false;
  const indices = [...text.matchAll(field)].flatMap(({ groups }) => groups?.index ?? []);
  if (indices.every((index) => index === "")) return indices.length === args.length;
  const used = new Set(indices.map((index) => (index === "" ? -1 : Number(index))));
  return used.size === args.length && args.every((_, at) => used.has(at));
}

function areSingle(values: readonly ast.Expr[]): boolean {
  return values.every(({ type }) => type !== "Starred");
}
