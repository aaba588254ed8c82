import type { EffectCatalog } from "../../core/src/effects/catalog.ts";
import type { Returned } from "../../core/src/effects/effect.ts";
import type { Claim } from "./claim.ts";
import type { SeenValue } from "./observation.ts";

/** How the type of a value is another one than the table says; `undefined` where it is that or cannot be changed. */
export function wrongType(
  catalog: EffectCatalog,
  claim: Claim,
  returned: Returned,
  seen: SeenValue,
): string | undefined {
  if (seen.types[0] === "builtins.NoneType") return undefined;
  const told = `returns ${seen.types[0]}`;
  switch (returned.kind) {
    case "none":
      return seen.mutable ? `${told}, not None` : undefined;
    case "unknown":
    case "result":
      return undefined;
    case "tuple":
      // A list of exactly these is told apart by position as well.
      if (seen.types[0] === "builtins.list") return undefined;
      if (!seen.types.includes("builtins.tuple")) return seen.mutable ? `${told}, not a tuple` : undefined;
      if (seen.items === undefined || "each" in returned.items) return undefined;
      if (returned.items.length !== seen.items.length)
        return `${told} of ${seen.items.length}, not of ${returned.items.length}`;
      return returned.items
        .map((item, at) => wrongType(catalog, claim, item, seen.items?.[at] as SeenValue))
        .find((one) => one !== undefined);
    default: {
      const { type } = returned;
      if (type !== undefined && seen.mutable) {
        const others = returned.or ?? [];
        const wanted = [type === "=self" ? claim.owner : type, ...others].filter((one) => one !== undefined);
        if (wanted.length > 0 && !wanted.some((one) => one.startsWith("=") || isOf(catalog, seen.types, one)))
          return `${told}, not ${wanted[0]}`;
      }
      const inside = seen.element ?? seen.items?.[0];
      if (returned.kind !== "new" || returned.elements === undefined || inside === undefined) return undefined;
      const wrong = wrongType(catalog, claim, returned.elements, inside);
      return wrong === undefined ? undefined : `its elements: ${wrong}`;
    }
  }
}

/** Whether classes, as the agent names them, make up what the tables call a type. */
export function isOf(catalog: EffectCatalog, classes: readonly string[], type: string): boolean {
  return (
    classes.some((name) => catalog.lineage(name).includes(type)) || (type === "builtins.iterator" && isLoop(classes))
  );
}

/** The tables have one word for everything that can only be looped over. */
function isLoop([name = ""]: readonly string[]): boolean {
  return /iterator|generator|^builtins\.(zip|map|filter|enumerate|reversed|dict_\w+)$|^itertools\./i.test(name);
}
