import type { EffectCatalog } from "../../core/src/effects/catalog.ts";
import type { ArgumentSelector, Condition, Effect, RandomDraw, Returned } from "../../core/src/effects/effect.ts";
import type { ArgumentKey, Probe } from "./observation.ts";

/** What the tables say of a function: its effect, and how the object that it belongs to draws when it is called. */
export interface Claim {
  readonly effect: Effect;
  readonly draws?: RandomDraw;
  /** The type whose method it is. */
  readonly owner?: string;
}

/** What the tables say of a qualified name; `undefined` where they do not know it. */
export function claimOf(catalog: EffectCatalog, name: string): Claim | undefined {
  const effect = catalog.lookup(name);
  if (effect === undefined) return undefined;
  const dot = name.lastIndexOf(".");
  const owner = name.slice(0, dot);
  if (catalog.type(owner) === undefined) return { effect };
  const random = catalog.lookup(owner)?.random;
  const draws = random?.at?.includes(name.slice(dot + 1)) ? { draws: random } : {};
  return { effect, owner, ...draws };
}

/** Whether a selector of the table means an argument as it was given, as the dataflow reads selectors. */
export function selects(selector: ArgumentSelector, key: ArgumentKey, effect: Pick<Effect, "signature">): boolean {
  if (selector === "*" || selector === "each") return key !== "self";
  if (String(selector) === key) return true;
  if (typeof selector === "number") return effect.signature?.[selector] === key;
  return /^\d+$/.test(key) && effect.signature?.[Number(key)] === selector;
}

/** Whether a call has what a `when` asks for. */
export function meets(when: Condition | undefined, effect: Effect, given: Probe["given"]): "yes" | "no" | "maybe" {
  let answer: "yes" | "maybe" = "yes";
  for (const [name, condition] of Object.entries(when ?? {})) {
    const wanted: readonly unknown[] = Array.isArray(condition) ? condition : [condition];
    const key = Object.keys(given).find((one) => selects(name, one, effect));
    const value = key === undefined ? effect.defaults?.[name] : given[key];
    if (value === "...") answer = "maybe";
    else if (value === undefined || !wanted.includes(value)) return "no";
  }
  return answer;
}

/** Every selector with which a result may have to do: it is it, views it, holds it or what it holds. */
export function related(returned: Returned): readonly ArgumentSelector[] {
  switch (returned.kind) {
    case "none":
      return [];
    case "unknown":
    case "result":
      return ["self", "*"];
    case "view":
    case "argument":
    case "element":
      return [returned.of];
    case "new":
      return [
        ...(returned.holds ?? []),
        ...(returned.holdsElements ?? []),
        ...(returned.fills ?? []),
        ...(returned.remembers ?? []),
        ...(returned.elements === undefined ? [] : related(returned.elements)),
      ];
    case "tuple":
      return "each" in returned.items ? related(returned.items.each) : returned.items.flatMap(related);
  }
}

/** What the table says that a call may return: what its arguments say, both ways where that is not known. */
export function returnedBy(effect: Effect, { given }: Probe): readonly Returned[] {
  const possible: Returned[] = [];
  for (const variant of effect.variants ?? []) {
    const { given: argument } = variant;
    if (argument !== undefined && !Object.keys(given).some((key) => selects(argument, key, effect))) continue;
    const answer = variant.ofType === undefined ? meets(variant.when, effect, given) : "maybe";
    if (answer !== "no") possible.push(variant.returns);
    if (answer === "yes" && !variant.also) return possible;
  }
  return [...possible, effect.returns];
}
