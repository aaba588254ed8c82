import type { EffectCatalog } from "../../core/src/effects/catalog.ts";
import type { ArgumentSelector, Effect, Returned } from "../../core/src/effects/effect.ts";
import type { ArgumentKey, Observation, SeenValue } from "./observation.ts";

/** What a function returns, by what its calls returned. */
export function deriveReturned(
  catalog: EffectCatalog,
  base: Effect,
  { probes, kind, name }: Observation,
  owner?: string,
): Returned {
  const results = probes.map(({ result }) => result);
  if (results.every(isNone)) return { kind: "none" };
  const mutable = probes.filter(({ result }) => result.mutable);
  const selector = (key: ArgumentKey): ArgumentSelector => {
    if (!/^\d+$/.test(key)) {
      const at = base.signature?.indexOf(key) ?? -1;
      return at === -1 || at > 4 || key === "self" ? key : at;
    }
    return Number(key);
  };
  const all = (pick: (probe: (typeof probes)[number]) => readonly ArgumentKey[]) => [
    ...new Set(mutable.flatMap((probe) => pick(probe).map(selector))),
  ];
  const same = all((probe) => probe.same);
  const element = all((probe) => probe.element);
  const shares = all((probe) => [...probe.shares, ...probe.same]);
  const holds = all((probe) => probe.holds);
  const linked = [...new Set([...same, ...element, ...shares, ...holds])];
  const made = kind === "class" ? (catalog.type(name) !== undefined ? name : undefined) : undefined;
  const type = made ?? typeOf(catalog, results, owner);
  if (linked.length === 0) return plain(catalog, results, type, owner);
  if (linked.length === 1) {
    const [of] = linked as [ArgumentSelector];
    const isAlwaysSame = same.length === 1 && mutable.every((probe) => probe.same.length > 0);
    if (isAlwaysSame && results.every((result) => result.mutable || isNone(result))) return { kind: "argument", of };
    if (holds.length === 1 && shares.length <= 1 && same.length === 0 && kind === "class") {
      return { kind: "new", ...(type !== undefined && { type }), holds: linked };
    }
    const view = { kind: "view", of, ...(type !== undefined && { type }) } as const;
    if (type === undefined && results.some(({ element: one, items }) => one !== undefined || items !== undefined)) {
      return { kind: "view", of };
    }
    if (type === "builtins.list" || type === "builtins.tuple" || type === "builtins.dict") {
      const inside = typeOf(catalog, results.flatMap(insideOf), owner);
      return { kind: "new", type, elements: { kind: "view", of, ...(inside !== undefined && { type: inside }) } };
    }
    return view;
  }
  if (kind === "class" && same.length === 0) return { kind: "new", ...(type !== undefined && { type }), holds: linked };
  return { kind: "unknown" };
}

function plain(
  catalog: EffectCatalog,
  results: readonly SeenValue[],
  type: string | undefined,
  owner?: string,
): Returned {
  const tuples = results.filter(({ items }) => items !== undefined);
  const lengths = new Set(tuples.map(({ items }) => items?.length));
  if (
    tuples.length === results.length &&
    lengths.size === 1 &&
    type === "builtins.tuple" &&
    (tuples[0]?.items?.length ?? 9) < 6
  ) {
    const items = (tuples[0]?.items ?? []).map((_, at) => {
      const inside = typeOf(
        catalog,
        tuples.map((one) => one.items?.[at] as SeenValue),
        owner,
      );
      return { kind: "new", ...(inside !== undefined && { type: inside }) } as const;
    });
    return { kind: "tuple", items };
  }
  if (type === "builtins.list" || type === "builtins.tuple" || type === "builtins.dict") {
    const inside = results.flatMap(insideOf);
    const element = typeOf(catalog, inside, owner);
    if (inside.length > 0)
      return { kind: "new", type, elements: { kind: "new", ...(element !== undefined && { type: element }) } };
  }
  return { kind: "new", ...(type !== undefined && { type }) };
}

function insideOf({ element, items }: SeenValue): readonly SeenValue[] {
  return items ?? (element === undefined ? [] : [element]);
}

function isNone({ types }: SeenValue): boolean {
  return types[0] === "builtins.NoneType";
}

/** The nearest class that every result has and the tables know; any value that cannot change counts as a number. */
function typeOf(catalog: EffectCatalog, results: readonly SeenValue[], owner?: string): string | undefined {
  const given = results.filter((result) => !isNone(result));
  const first = given[0];
  if (first === undefined) return "builtins.NoneType";
  const isKnown = (name: string) => catalog.type(name) !== undefined;
  const common = first.types
    .map((name) => catalog.canonical(name))
    .find(
      (name) => isKnown(name) && given.every(({ types }) => types.some((one) => catalog.lineage(one).includes(name))),
    );
  if (common !== undefined && given.every(({ mutable }) => mutable || !first.mutable)) {
    return owner !== undefined && common === owner && given.every(({ mutable }) => mutable) ? "=self" : common;
  }
  if (given.every(({ mutable }) => !mutable)) return "builtins.float";
  const rest = given.filter(({ mutable }) => mutable);
  return rest.length < given.length ? typeOf(catalog, rest, owner) : undefined;
}
