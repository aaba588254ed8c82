import type { EffectCatalog } from "../../core/src/effects/catalog.ts";
import type { Returned } from "../../core/src/effects/effect.ts";
import type { Claim } from "./claim.ts";
import type { Probe, SeenValue } from "./observation.ts";

/** How the type of a result is another one than the table says; `undefined` where it is that or cannot be changed. */
export function wrongType(catalog: EffectCatalog, claim: Claim, probe: Probe): string | undefined {
  return compare(catalog, claim, claim.effect.returns, probe.result);
}

function compare(catalog: EffectCatalog, claim: Claim, returned: Returned, seen: SeenValue): string | undefined {
  if (seen.types[0] === "builtins.NoneType") return undefined;
  const told = `returns ${seen.types[0]}`;
  switch (returned.kind) {
    case "none":
      return seen.mutable ? `${told}, not None` : undefined;
    case "unknown":
    case "result":
      return undefined;
    case "tuple":
      if (!seen.types.includes("builtins.tuple")) return seen.mutable ? `${told}, not a tuple` : undefined;
      if (seen.items === undefined || "each" in returned.items) return undefined;
      if (returned.items.length !== seen.items.length)
        return `${told} of ${seen.items.length}, not of ${returned.items.length}`;
      return returned.items
        .map((item, at) => compare(catalog, claim, item, seen.items?.[at] as SeenValue))
        .find((one) => one !== undefined);
    default: {
      const { type } = returned;
      if (type !== undefined && seen.mutable) {
        const wanted = type === "=self" ? claim.owner : type;
        if (wanted !== undefined && !wanted.startsWith("=") && !isA(catalog, seen, wanted))
          return `${told}, not ${wanted}`;
      }
      const inside = seen.element ?? seen.items?.[0];
      if (returned.kind !== "new" || returned.elements === undefined || inside === undefined) return undefined;
      const wrong = compare(catalog, claim, returned.elements, inside);
      return wrong === undefined ? undefined : `its elements: ${wrong}`;
    }
  }
}

function isA(catalog: EffectCatalog, seen: SeenValue, type: string): boolean {
  return seen.types.some((name) => catalog.lineage(name).includes(type)) || isLoop(seen, type);
}

/** The tables have one word for everything that can only be looped over. */
function isLoop(seen: SeenValue, type: string): boolean {
  return (
    type === "builtins.iterator" &&
    /iterator|generator|builtins\.(zip|map|filter|enumerate|reversed|dict_)|itertools/.test(seen.types[0] ?? "")
  );
}
