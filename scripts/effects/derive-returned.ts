import type { EffectCatalog } from "../../core/src/effects/catalog.ts";
import type { ArgumentSelector, Effect, Returned, ReturnVariant } from "../../core/src/effects/effect.ts";
import type { Claim } from "./claim.ts";
import { wrongResult } from "./judge.ts";
import type { ArgumentKey, Observation, Probe, SeenValue } from "./observation.ts";

/**
 * What a function returns, by what its calls returned: what the table says where the plain calls agree with it, and
 * a variant for each flag whose calls return something else.
 */
export function deriveReturned(
  catalog: EffectCatalog,
  claim: Claim,
  { probes, kind, name }: Observation,
  isNew: boolean,
): Pick<Effect, "returns" | "variants"> {
  const facts = { catalog, claim, isClass: kind === "class", name };
  const isWrong = (returned: Returned, probe: Probe) => wrongResult(catalog, claim, returned, probe).length > 0;
  const unflagged = probes.filter((probe) => flagsOf(probe).length === 0);
  const plain = unflagged.length > 0 ? unflagged : probes;
  const said = claim.effect.returns;
  const returns = isNew || plain.some((probe) => isWrong(said, probe)) ? summary(facts, plain) : said;
  const variants = [...(claim.effect.variants ?? [])];
  for (const flag of new Map(probes.flatMap(flagsOf).map((one) => [JSON.stringify(one), one])).values()) {
    const flagged = probes.filter((probe) =>
      flagsOf(probe).some((one) => JSON.stringify(one) === JSON.stringify(flag)),
    );
    const odd = flagged.filter((probe) => isWrong(returns, probe));
    if (odd.length > 0) variants.push({ ...flag, returns: summary(facts, flagged) });
  }
  if (kind === "class" && returns.kind === "new" && returns.type === undefined && catalog.type(name) !== undefined) {
    return { returns: { ...returns, type: name }, ...(variants.length > 0 && { variants }) };
  }
  const isTold = probes.every((probe) => flagsOf(probe).length > 0 || !isWrong(returns, probe));
  if (!isTold) return { returns: { kind: "unknown" } };
  return { returns, ...(variants.length > 0 && { variants }) };
}

interface Facts {
  readonly catalog: EffectCatalog;
  readonly claim: Claim;
  readonly isClass: boolean;
  readonly name: string;
}

/** Keyword arguments of a call that may decide what it returns. */
function flagsOf({ given }: Probe): readonly Omit<ReturnVariant, "returns">[] {
  return Object.entries(given).flatMap(([key, value]): Omit<ReturnVariant, "returns">[] => {
    if (/^\d+$/.test(key) || key === "self") return [];
    if (typeof value === "boolean" || value === null) return [{ when: { [key]: value } }];
    return /^(out|chunksize|iterator)$/.test(key) ? [{ given: key }] : [];
  });
}

function isFlagged(probe: Probe): boolean {
  return flagsOf(probe).length > 0;
}

function summary(facts: Facts, probes: readonly Probe[]): Returned {
  const { catalog, claim, isClass, name } = facts;
  const results = probes.map(({ result }) => result);
  if (results.every(isNone)) return { kind: "none" };
  const mutable = probes.filter(({ result }) => result.mutable);
  const all = (pick: (probe: Probe) => readonly ArgumentKey[]) => [
    ...new Set(mutable.flatMap((probe) => pick(probe).map((key) => selectorOf(key, claim.effect)))),
  ];
  const same = all((probe) => probe.same);
  const holds = all((probe) => probe.holds);
  const shares = all((probe) => [...probe.shares, ...probe.same, ...probe.element]);
  const linked = [...new Set([...shares, ...holds])];
  const type = isClass && catalog.type(name) !== undefined ? { type: name } : typesOf(facts, results);
  const [of] = linked;
  if (of === undefined) return unlinked(facts, results, type);
  // A call that changed nothing may give its argument back only because there was nothing to do.
  const isAlwaysSame = mutable.every(
    (probe) => probe.same.length > 0 && (isFlagged(probe) || probe.changed.length > 0),
  );
  if (same.length === 1 && linked.length === 1 && isAlwaysSame && mutable.length === filled(results).length) {
    return { kind: "argument", of };
  }
  if (isClass && same.length === 0) return { kind: "new", ...type, holds: linked };
  if (linked.length > 1) return { kind: "unknown" };
  if (type.type !== undefined && /^builtins\.(list|tuple|dict)$/.test(type.type)) {
    const inside = typesOf(facts, results.flatMap(insideOf));
    return { kind: "new", type: type.type, elements: { kind: "view", of, ...(inside.type && { type: inside.type }) } };
  }
  return { kind: "view", of, ...type };
}

/** A value that shares nothing with the arguments. */
function unlinked(facts: Facts, results: readonly SeenValue[], type: Types): Returned {
  const tuples = filled(results);
  const lengths = new Set(tuples.map(({ items }) => items?.length));
  const [length] = lengths;
  if (type.type === "builtins.tuple" && lengths.size === 1 && length !== undefined && length < 6) {
    const items = Array.from({ length }, (_, at) => {
      const parts = tuples.map((one) => one.items?.[at] as SeenValue);
      return { kind: "new", ...typesOf(facts, parts) } as const;
    });
    return { kind: "tuple", items };
  }
  const inside = results.flatMap(insideOf);
  if (type.type !== undefined && /^builtins\.(list|tuple|dict)$/.test(type.type) && inside.length > 0) {
    return { kind: "new", type: type.type, elements: { kind: "new", ...typesOf(facts, inside) } };
  }
  return { kind: "new", ...type };
}

/** An argument as tables name it, from the key that the agent gave it. */
export function selectorOf(key: ArgumentKey, { signature }: Pick<Effect, "signature">): ArgumentSelector {
  if (key === "self") return key;
  if (/^\d+$/.test(key)) return Number(key);
  const at = signature?.indexOf(key) ?? -1;
  return at === -1 || at > 4 ? key : at;
}

function insideOf({ element, items }: SeenValue): readonly SeenValue[] {
  return items ?? (element === undefined ? [] : [element]);
}

function filled(results: readonly SeenValue[]): readonly SeenValue[] {
  return results.filter((result) => !isNone(result));
}

function isNone({ types }: SeenValue): boolean {
  return types[0] === "builtins.NoneType";
}

interface Types {
  readonly type?: string;
  readonly or?: readonly string[];
}

/** Types that are read and written in the same ways: what a table says of one holds of the other. */
const alike: readonly (readonly string[])[] = [
  ["pandas.DataFrame", "pandas.Series"],
  ["builtins.dict", "builtins.list", "builtins.tuple"],
  ["numpy.ndarray", "pandas.ExtensionArray", "pandas.Categorical", "pandas.Index", "numpy.ma.MaskedArray"],
];

/** The type of all results; where they differ, the one that the table names, or the first of those that are alike. */
function typesOf({ catalog, claim }: Facts, results: readonly SeenValue[]): Types {
  const given = filled(results);
  if (given.length === 0) return { type: "builtins.NoneType" };
  const mutable = given.filter((result) => result.mutable);
  if (mutable.length === 0) return { type: commonOf(catalog, given) ?? "builtins.float" };
  const said = "type" in claim.effect.returns ? claim.effect.returns.type : undefined;
  const named = said === "=self" ? claim.owner : said;
  const common = commonOf(catalog, mutable);
  if (common !== undefined) {
    // What the table said may be true of calls that were not made.
    const isOther =
      named !== undefined && named !== common && alike.some((one) => one.includes(named) && one.includes(common));
    return { type: common === claim.owner ? "=self" : common, ...(isOther && { or: [named] }) };
  }
  const seen = [...new Set(mutable.map(({ types }) => nearest(catalog, types)))];
  const main = named !== undefined && seen.includes(named) ? named : undefined;
  const family = alike.find((types) => seen.every((one) => types.includes(one)));
  const first = main ?? family?.find((one) => seen.includes(one));
  if (first === undefined) return {};
  return { type: first, or: seen.filter((one) => one !== first).sort() };
}

/** The nearest class that all have and the tables know. */
function commonOf(catalog: EffectCatalog, values: readonly SeenValue[]): string | undefined {
  return values[0]?.types
    .map((name) => catalog.canonical(name))
    .find(
      (name) =>
        catalog.type(name) !== undefined &&
        values.every(({ types }) => types.some((one) => catalog.lineage(one).includes(name))),
    );
}

function nearest(catalog: EffectCatalog, types: readonly string[]): string {
  const known = types.map((name) => catalog.canonical(name)).find((name) => catalog.type(name) !== undefined);
  return known ?? (types[0] as string);
}
