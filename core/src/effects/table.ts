import type { Effect, RandomStream, Returned, ReturnVariant } from "./effect.ts";

/** A file `tables/<library>.json`: written for reviewing, expanded by `ExpandedTable`. */
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
  /** In a `with` it puts this random stream back: what is drawn and seeded there is nothing to those behind. */
  readonly restores?: RandomStream;
  /** Attributes and text items that are not listed are columns. */
  readonly columns?: boolean;
  /** Its instances may be the index, or the columns' names, of several tables at once. */
  readonly axis?: boolean;
  /** Methods whose results have axes of their own, parted by spaces; other results may have the very ones of the table. */
  readonly ownAxes?: string;
  /**
   * Where its instances note what they were asked, as paths parted by spaces: a model's `data.predict_dates`. Nothing that
   * is computed later depends on it, which `npm run effects -- confirm` holds to: it is no part of what they are.
   */
  readonly notes?: string;
  /** Where its instances remember what they can compute again, written as `notes` are, and no more a part of them. */
  readonly memos?: string;
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
  readonly restores?: RandomStream;
  readonly columns: boolean;
  readonly axis: boolean;
  /** Absent for what has no axes. */
  readonly ownAxes?: ReadonlySet<string>;
}

interface VersionedEffect {
  readonly versions?: string;
  readonly effect: Effect;
}

/** A table by qualified name. A notebook asks for few of its names: what is told of one is expanded when it is asked for. */
export class ExpandedTable {
  readonly aliases: ReadonlyMap<string, string>;
  readonly #types = new Map<string, TypeRow>();
  readonly #facts = new Map<TypeRow, TypeFacts>();
  /** By what their names stand in. */
  readonly #rows = new Map<string, EffectRow[]>();
  /** By what they stand in, and then by their last name. */
  readonly #rowsByName = new Map<string, ReadonlyMap<string, readonly EffectRow[]>>();
  readonly #effects = new Map<EffectRow, VersionedEffect>();
  /** What was asked for before, by qualified name. */
  readonly #known = new Map<string, readonly VersionedEffect[]>();

  constructor(table: EffectTable) {
    this.aliases = new Map(Object.entries(table.aliases ?? {}));
    for (const row of table.types ?? []) {
      for (const name of qualify(row.of, row.names)) this.#types.set(name, row);
    }
    for (const row of [...table.effects, ...(table.observed ?? [])]) {
      for (const owner of ownersOf(row)) {
        const rows = this.#rows.get(owner);
        if (rows === undefined) this.#rows.set(owner, [row]);
        else rows.push(row);
      }
    }
  }

  /** What is known of a type. */
  type(qualified: string): TypeFacts | undefined {
    const row = this.#types.get(qualified);
    if (row === undefined) return undefined;
    let facts = this.#facts.get(row);
    if (facts === undefined) {
      facts = typeFacts(row);
      this.#facts.set(row, facts);
    }
    return facts;
  }

  /** What is known of a call, each for some versions of the library. */
  effects(qualified: string): readonly VersionedEffect[] {
    let effects = this.#known.get(qualified);
    if (effects === undefined) {
      const { owner, name } = parted(qualified);
      effects = (this.#named(owner).get(name) ?? []).map((row) => this.#effect(row));
      this.#known.set(qualified, effects);
    }
    return effects;
  }

  /** Every name that it knows of calls. */
  names(): readonly string[] {
    return [...this.#rows.keys()].flatMap((owner) => [...this.#named(owner).keys()].map((name) => joined(owner, name)));
  }

  #named(owner: string): ReadonlyMap<string, readonly EffectRow[]> {
    const known = this.#rowsByName.get(owner);
    if (known !== undefined) return known;
    const found = new Map<string, readonly EffectRow[]>();
    for (const row of this.#rows.get(owner) ?? []) {
      for (const name of namesIn(row, owner)) {
        const others = row.versions === undefined ? undefined : found.get(name);
        found.set(
          name,
          others === undefined ? [row] : [...others.filter(({ versions }) => versions !== row.versions), row],
        );
      }
    }
    this.#rowsByName.set(owner, found);
    return found;
  }

  #effect(row: EffectRow): VersionedEffect {
    let effect = this.#effects.get(row);
    if (effect === undefined) {
      effect = expandEffect(row);
      this.#effects.set(row, effect);
    }
    return effect;
  }
}

/** What the names of a row stand in; a name may have dots of its own. */
function ownersOf({ of, names }: EffectRow): readonly string[] {
  const owners = typeof of === "string" || of === undefined ? [of ?? ""] : of;
  if (!names.includes(".")) return owners;
  return [...new Set(owners.flatMap((owner) => qualify(owner, names).map((name) => parted(name).owner)))];
}

/** The last names of those in a row that stand in `owner`. */
function namesIn({ of, names }: EffectRow, owner: string): readonly string[] {
  if (!names.includes(".")) return names.split(" ");
  const owners = typeof of === "string" || of === undefined ? [of ?? ""] : of;
  const all = owners.flatMap((each) => qualify(each, names).map(parted));
  return all.filter((each) => each.owner === owner).map(({ name }) => name);
}

function expandEffect(row: EffectRow): VersionedEffect {
  const {
    of: _of,
    names,
    returns,
    variants,
    signature,
    parameters,
    versions,
    observed: _,
    ...rest
  } = row as ObservedRow;
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
  return versions === undefined ? { effect } : { versions, effect };
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
    ...(row.restores === undefined ? {} : { restores: row.restores }),
    columns: row.columns ?? false,
    axis: row.axis ?? false,
    ...(row.ownAxes === undefined ? {} : { ownAxes: new Set(row.ownAxes.split(" ")) }),
  };
}

function qualify(owner: string | undefined, names: string): string[] {
  return names.split(" ").map((name) => joined(owner ?? "", name));
}

function joined(owner: string, name: string): string {
  return owner === "" ? name : `${owner}.${name}`;
}

function parted(qualified: string): { readonly owner: string; readonly name: string } {
  const dot = qualified.lastIndexOf(".");
  return { owner: qualified.slice(0, Math.max(dot, 0)), name: qualified.slice(dot + 1) };
}
