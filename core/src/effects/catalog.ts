import type { Effect, Returned } from "./effect.ts";
import { gatheredName, pylabNames, type StarName, starNames } from "./star-exports.ts";
import { type EffectTable, ExpandedTable, type TypeFacts } from "./table.ts";
import { tables } from "./tables.ts";
import { type LibraryVersions, versionInRange } from "./version-range.ts";

const expanded = new Map<string, ExpandedTable | undefined>();

/** What is known of library calls. Tables are expanded when the first name of their library is asked for. */
export class EffectCatalog {
  readonly #versions: LibraryVersions;
  readonly #found = new Map<string, Effect | undefined>();

  constructor(versions: LibraryVersions = {}) {
    this.#versions = versions;
  }

  /** The name that the tables use for a qualified name: `numpy.random.mtrand.seed` is `numpy.random.seed`. */
  canonical(qualified: string): string {
    const gathered = gatheredName(qualified);
    if (gathered !== undefined) return this.canonical(gathered);
    const aliases = tableOf(qualified)?.aliases;
    if (aliases === undefined || aliases.size === 0) return qualified;
    for (let end = qualified.length; end > 0; end = qualified.lastIndexOf(".", end - 1)) {
      const alias = aliases.get(qualified.slice(0, end));
      if (alias === undefined) continue;
      const named = alias + qualified.slice(end);
      // A library within another one has its own table: `tensorflow.keras.models.Model` is `keras.models.Model`.
      return libraryOf(named) === libraryOf(qualified) ? named : this.canonical(named);
    }
    return qualified;
  }

  /** What `from module import *` binds; `undefined` where that is not known. */
  starNames(module: string): ReadonlyMap<string, StarName> | undefined {
    return starNames(module, this.#versions);
  }

  /** What `%pylab` binds. */
  pylabNames(argument: string): ReadonlyMap<string, StarName> {
    return pylabNames(argument, this.#versions);
  }

  /** The effect of calling what has this qualified name; `undefined` where nothing is known. */
  lookup(qualified: string): Effect | undefined {
    if (this.#found.has(qualified)) return this.#found.get(qualified);
    const effect = this.#lookup(this.canonical(qualified));
    this.#found.set(qualified, effect);
    return effect;
  }

  /** Whether a call does more than make a value: with no arguments but those by position, as a library calls it. */
  acts(effect: Effect | undefined): boolean {
    if (effect === undefined) return false;
    const { changes, random, state, files, signature } = effect;
    return (
      (random !== undefined && random.at === undefined) ||
      (state?.some(({ use }) => use === "change") ?? false) ||
      files !== undefined ||
      changes.some(({ argument: one }) => typeof one === "number" || always.has(one) || signature?.includes(one))
    );
  }

  /** Whether a name is one of a type's methods, which takes its receiver first: `list.append`, but not `dict.fromkeys`. */
  isMethod(qualified: string, effect: Effect): boolean {
    const owner = qualified.slice(0, Math.max(qualified.lastIndexOf("."), 0));
    return this.type(owner) !== undefined && this.type(qualified) === undefined && mentionsReceiver(effect);
  }

  /** What is known of a type, its own row only. */
  type(qualified: string): TypeFacts | undefined {
    const name = this.canonical(qualified);
    return tableOf(name)?.type(name);
  }

  /** A type and its bases, nearest first. */
  lineage(qualified: string): readonly string[] {
    const line: string[] = [];
    const queue = [this.canonical(qualified)];
    for (let type = queue.shift(); type !== undefined; type = queue.shift()) {
      if (line.includes(type)) continue;
      line.push(type);
      queue.push(...(this.type(type)?.bases ?? []));
    }
    return line;
  }

  /** The effect of a method of a type or of one of its bases. */
  method(type: string, name: string): { readonly qualified: string; readonly effect: Effect } | undefined {
    const line = this.lineage(type);
    for (const owner of line) {
      const effect = this.#exact(`${owner}.${name}`);
      if (effect !== undefined) return { qualified: `${line[0]}.${name}`, effect };
    }
    for (const owner of line) {
      const effect = this.#exact(`${owner}.*`);
      if (effect !== undefined) return { qualified: `${line[0]}.${name}`, effect };
    }
    return undefined;
  }

  /** What going through an object of a type does, where the tables say it of `__iter__` itself. */
  iteration(type: string): { readonly qualified: string; readonly effect: Effect } | undefined {
    const line = this.lineage(type);
    for (const owner of line) {
      const effect = this.#exact(`${owner}.__iter__`);
      if (effect !== undefined) return { qualified: `${line[0]}.__iter__`, effect };
    }
    return undefined;
  }

  /** What an attribute of a type gives. */
  attribute(type: string, name: string): Returned | undefined {
    for (const owner of this.lineage(type)) {
      const attributes = this.type(owner)?.attributes;
      const returned = attributes?.get(name) ?? attributes?.get("*");
      if (returned !== undefined) return returned;
    }
    return undefined;
  }

  /** What `x[...]` gives, and what a loop over `x` gives. */
  item(type: string, key: "text" | "slice" | "other"): Returned | undefined {
    for (const owner of this.lineage(type)) {
      const items = this.type(owner)?.items;
      const returned = items?.[key] ?? items?.other;
      if (returned !== undefined) return returned;
    }
    return undefined;
  }

  element(type: string): Returned | undefined {
    return this.lineage(type)
      .map((owner) => this.type(owner)?.element)
      .find((returned) => returned !== undefined);
  }

  isImmutable(type: string): boolean {
    return this.type(type)?.immutable ?? false;
  }

  /** Whether literal keys and unknown attributes of a type are columns. */
  hasColumns(type: string): boolean {
    return this.lineage(type).some((owner) => this.type(owner)?.columns === true);
  }

  /** Whether instances of a type may be the index, or the columns' names, of several tables at once. */
  isAxis(type: string): boolean {
    return this.type(type)?.axis ?? false;
  }

  /** Whether what a method of a table gives (an operator where there is none) may have the table's own axes. */
  sharesAxes(type: string, method?: string): boolean {
    const ownAxes = this.type(type)?.ownAxes;
    return ownAxes !== undefined && (method === undefined || !ownAxes.has(method));
  }

  #lookup(qualified: string): Effect | undefined {
    const exact = this.#exact(qualified);
    if (exact !== undefined) return ofClass(exact, qualified);
    if (this.type(qualified) !== undefined) return this.#construction(qualified);
    const parent = qualified.slice(0, Math.max(qualified.lastIndexOf("."), 0));
    if (this.type(parent) !== undefined) {
      return this.method(parent, qualified.slice(parent.length + 1))?.effect;
    }
    const beside = this.#exact(`${parent}.*`);
    if (beside !== undefined) return beside;
    for (let prefix = parent; prefix !== ""; prefix = prefix.slice(0, Math.max(prefix.lastIndexOf("."), 0))) {
      // What is known of a type holds for its attributes too; a type without a dot tells of a module's attributes.
      const isType = prefix.includes(".") && this.type(prefix) !== undefined;
      const effect = this.#exact(`${prefix}.**`) ?? (isType ? this.#exact(`${prefix}.*`) : undefined);
      if (effect !== undefined) return effect;
    }
    return undefined;
  }

  /** Making an instance: what the nearest base says, but of this type; otherwise it may hold its arguments. */
  #construction(type: string): Effect {
    for (const base of this.lineage(type)) {
      const effect = this.#exact(base);
      if (effect !== undefined) return ofClass(effect, type);
    }
    return { changes: [], returns: { kind: "new", type, holds: ["*"] } };
  }

  #exact(qualified: string): Effect | undefined {
    const rows = tableOf(qualified)?.effects(qualified);
    if (rows === undefined || rows.length === 0) return undefined;
    const version = this.#versions[libraryOf(qualified)];
    if (version === undefined) return rows[0]?.effect;
    const exact = rows.find(({ versions }) => versions !== undefined && versionInRange(version, versions));
    return (exact ?? rows.find(({ versions }) => versions === undefined))?.effect;
  }
}

/** Whether anything that is known of a call is about its receiver; of what belongs to a class nothing is. */
function mentionsReceiver(known: unknown): boolean {
  if (typeof known !== "object" || known === null) return known === "self" || known === "=self";
  return Object.values(known).some(mentionsReceiver);
}

/** Selectors that mean something in each call. */
const always: ReadonlySet<string> = new Set(["self", "*"]);

/** The effect of a call by its qualified name (`pandas.DataFrame.drop`), for a version of its library where it is known. */
export function lookup(qualified: string, version?: string): Effect | undefined {
  const library = qualified.split(".", 1)[0] as string;
  return new EffectCatalog(version === undefined ? {} : { [library]: version }).lookup(qualified);
}

function ofClass(effect: Effect, type: string): Effect {
  const { returns } = effect;
  return returns.kind === "new" && returns.type === "=class" ? { ...effect, returns: { ...returns, type } } : effect;
}

function libraryOf(qualified: string): string {
  const dot = qualified.indexOf(".");
  return dot === -1 ? qualified : qualified.slice(0, dot);
}

function tableOf(qualified: string): ExpandedTable | undefined {
  const library = libraryOf(qualified);
  if (!expanded.has(library)) {
    const table: EffectTable | undefined = tables[library];
    expanded.set(library, table === undefined ? undefined : new ExpandedTable(table));
  }
  return expanded.get(library);
}
