import type { Effect } from "../effects/effect.ts";
import type * as ast from "../python/ast.ts";

type Condition = NonNullable<NonNullable<Effect["random"]>["when"]>;

/** What a call gives for a parameter, by keyword or by its place in the signature. */
export function given(node: ast.Call, effect: Effect, name: string): ast.Expr | undefined {
  const keyword = node.keywords.find(({ arg }) => arg?.name === name);
  if (keyword !== undefined) return keyword.value;
  const position = effect.signature?.indexOf(name) ?? -1;
  return position === -1 ? undefined : node.args[position];
}

/** Whether a call gives a parameter nothing, or `None`: a seed that nobody chose. Also where no parameter is named. */
export function leavesOpen(node: ast.Call, effect: Effect, name: unknown): boolean {
  const value = typeof name === "string" ? given(node, effect, name) : undefined;
  return value === undefined || (value.type === "Constant" && value.kind === "none");
}

/** Whether a call surely has what a condition of the effect tables asks for; `**options` could hold anything. */
export function meets(node: ast.Call, effect: Effect, when: Condition | undefined): boolean {
  if (when === undefined) return true;
  if (node.keywords.some(({ arg }) => arg === undefined)) return false;
  return Object.entries(when).every(([name, wanted]) => {
    const value = given(node, effect, name);
    if (value !== undefined && value.type !== "Constant") return false;
    const known = value === undefined ? effect.defaults?.[name] : value.value;
    return Array.isArray(wanted) ? wanted.includes(known) : wanted === known;
  });
}

/** Whether a call surely has not what a condition asks for: another value, or none, and no `**options` to give one. */
export function lacks(node: ast.Call, effect: Effect, when: Condition | undefined): boolean {
  if (when === undefined) return false;
  const isOpen = node.keywords.some(({ arg }) => arg === undefined) || node.args.some(({ type }) => type === "Starred");
  return Object.entries(when).some(([name, wanted]) => {
    const value = given(node, effect, name);
    if (value === undefined ? isOpen : value.type !== "Constant") return false;
    const known = value === undefined ? effect.defaults?.[name] : (value as ast.Constant).value;
    return Array.isArray(wanted) ? !wanted.includes(known) : wanted !== known;
  });
}
