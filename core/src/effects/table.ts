import type { Effect, Returned, ReturnVariant } from "./effect.ts";

/** A file `tables/<library>.json`: written for reviewing, expanded by `expandTable`. */
export interface EffectTable {
  /** Its first dotted name: `sklearn`. */
  readonly library: string;
  /** Other names of the same thing: `pandas.core.frame.DataFrame`, and whole modules. */
  readonly aliases?: Readonly<Record<string, string>>;
  readonly types?: readonly TypeRow[];
  readonly effects: readonly EffectRow[];
  /** Found by calling the functions, not written by hand; each takes the place of what `effects` says of its name. */
  readonly observed?: readonly ObservedRow[];
}

/** Types that are alike. */
export interface TypeRow {
  /** What the names stand in: `sklearn.linear_model`. */
  readonly of?: string;
  /** Parted by spaces. */
  readonly names: string;
  readonly bases?: readonly string[];
  /** Its instances never change. */
  readonly immutable?: boolean;
  readonly attributes?: Readonly<Record<string, ReturnedRow>>;
  /** What `x[...]` gives: by a literal text, by a slice, otherwise. */
  readonly items?: { readonly text?: ReturnedRow; readonly slice?: ReturnedRow; readonly other?: ReturnedRow };
  /** What a loop over it gives. */
  readonly element?: ReturnedRow;
  /** Attributes and text items that are not listed are columns. */
  readonly columns?: boolean;
  /** Its instances may be the index, or the columns' names, of several tables at once. */
  readonly axis?: boolean;
  /** Methods whose results have axes of their own, parted by spaces; other results may have the very ones of the table. */
  readonly ownAxes?: string;
}

/**
 * A `Returned`, or in short: `none`, `unknown`, `self` (the receiver itself), `element`, `view` or `view TYPE` (of the
 * receiver), `same` (new, of the receiver's type), or the type of a new value.
 */
export type ReturnedRow = Returned | string;

/** Effects that are alike. A later row takes the place of an earlier one, except that rows of several versions add up. */
export interface EffectRow extends Omit<Partial<Effect>, "returns" | "variants" | "signature" | "parameters"> {
  readonly of?: string | readonly string[];
  /** Parted by spaces; `*` for all that is not listed. */
  readonly names: string;
  readonly returns?: ReturnedRow;
  readonly variants?: readonly (Omit<ReturnVariant, "returns"> & { readonly returns: ReturnedRow })[];
  readonly signature?: string;
  readonly parameters?: string;
  /** The library's versions that it holds for: `<3`, `>=3`. Where the version is not known, the first row counts. */
  readonly versions?: string;
}

/** What was seen of functions, and with which versions of the library (parted by spaces). */
export interface ObservedRow extends EffectRow {
  readonly observed: string;
}

/** What is known of a type. */
export interface TypeFacts {
  readonly bases: readonly string[];
  readonly immutable: boolean;
  readonly attributes: ReadonlyMap<string, Returned>;
  readonly items: { readonly text?: Returned; readonly slice?: Returned; readonly other?: Returned };
  readonly element?: Returned;
  readonly columns: boolean;
  readonly axis: boolean;
  /** Absent for what has no axes. */
  readonly ownAxes?: ReadonlySet<string>;
}

interface VersionedEffect {
  readonly versions?: string;
  readonly effect: Effect;
}

export interface ExpandedTable {
  readonly aliases: ReadonlyMap<string, string>;
  readonly types: ReadonlyMap<string, TypeFacts>;
  readonly effects: ReadonlyMap<string, readonly VersionedEffect[]>;
}

/** A table by qualified name. */
export function expandTable(table: EffectTable): ExpandedTable {
  const types = new Map<string, TypeFacts>();
  for (const row of table.types ?? []) {
    const facts = typeFacts(row);
    for (const name of qualify(row.of, row.names)) types.set(name, facts);
  }
  const effects = new Map<string, readonly VersionedEffect[]>();
  for (const row of [...table.effects, ...(table.observed ?? [])]) {
    const { of, names, returns, variants, signature, parameters, versions, observed: _, ...rest } = row as ObservedRow;
    const effect: Effect = {
      changes: [],
      ...rest,
      returns: expandReturned(returns ?? { kind: "new" }),
      ...(variants === undefined
        ? {}
        : { variants: variants.map((one) => ({ ...one, returns: expandReturned(one.returns) })) }),
      ...(signature === undefined ? {} : { signature: signature.split(" ") }),
      ...(parameters === undefined ? {} : { parameters: parameters.split(" ") }),
    };
    const alone: readonly VersionedEffect[] = [versions === undefined ? { effect } : { versions, effect }];
    for (const owner of typeof of === "string" || of === undefined ? [of] : of) {
      for (const name of qualify(owner, names)) {
        const others = versions === undefined ? undefined : effects.get(name);
        effects.set(
          name,
          others === undefined ? alone : [...others.filter((one) => one.versions !== versions), ...alone],
        );
      }
    }
  }
  return { aliases: new Map(Object.entries(table.aliases ?? {})), types, effects };
}

/** Expands the short form of what a call returns. */
function expandReturned(row: ReturnedRow): Returned {
  if (typeof row !== "string") return row;
  const [word, type] = row.split(" ");
  switch (word) {
    case "none":
    case "unknown":
      return { kind: word };
    case "self":
      return { kind: "argument", of: "self" };
    case "element":
      return { kind: "element", of: "self" };
    case "same":
      return { kind: "new", type: "=self" };
    case "view":
      return { kind: "view", of: "self", type: type ?? "=self" };
    default:
      return { kind: "new", type: row };
  }
}

function typeFacts(row: TypeRow): TypeFacts {
  const expandOptional = (given: ReturnedRow | undefined) => (given === undefined ? undefined : expandReturned(given));
  const [text, slice, other] = [row.items?.text, row.items?.slice, row.items?.other].map(expandOptional);
  const element = expandOptional(row.element);
  return {
    bases: row.bases ?? [],
    immutable: row.immutable ?? false,
    attributes: new Map(Object.entries(row.attributes ?? {}).map(([name, given]) => [name, expandReturned(given)])),
    items: { ...(text && { text }), ...(slice && { slice }), ...(other && { other }) },
    ...(element && { element }),
    columns: row.columns ?? false,
    axis: row.axis ?? false,
    ...(row.ownAxes === undefined ? {} : { ownAxes: new Set(row.ownAxes.split(" ")) }),
  };
}

function qualify(of: string | undefined, names: string): string[] {
  return names.split(" ").map((name) => (of === undefined ? name : `${of}.${name}`));
}
