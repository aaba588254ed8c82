import { Layer } from "../names/frame.ts";
import { AbstractObject } from "../objects/objects.ts";
import { all, type Entry, isSame, Note, Put } from "./journal.ts";
import type { Page } from "./page.ts";

/** What a cell did, with the names that it has bound. */
export interface BindingPage extends Page {
  readonly binds: ReadonlySet<unknown>;
}

/** The names that entries bind. */
export function boundBy(entries: readonly Entry[]): ReadonlySet<unknown> {
  return new Set(entries.filter(bindsName).map(({ owner }) => owner));
}

/**
 * What is different from the state that the cells behind an edited one were run in. A cell that depends on nothing of
 * it does what it did.
 */
export class Dirt {
  readonly #globals: Layer;
  /** Names that are bound to something else. */
  readonly #names = new Set<unknown>();
  /** Whatever else is different: streams, definitions, names that are changed otherwise. */
  readonly #others = new Set<unknown>();
  readonly #objects = new Set<AbstractObject>();
  #clusters: ReadonlySet<AbstractObject> | undefined;

  constructor(globals: Layer) {
    this.#globals = globals;
  }

  /** Whether a cell depends on anything of it. */
  isReadBy(reads: ReadonlySet<unknown>): boolean {
    if (this.#others.has(all)) return true;
    if (this.#names.size + this.#others.size + this.#objects.size === 0) return false;
    if (reads.has(all)) return true;
    this.#clusters ??= new Set([...this.#objects].map(({ cluster }) => cluster));
    if (!reads.isDisjointFrom(this.#names) || !reads.isDisjointFrom(this.#others)) return true;
    if (this.#clusters.size === 0) return false;
    for (const read of reads) {
      if (read instanceof AbstractObject) {
        if (this.#clusters.has(read.cluster)) return true;
      } else if (typeof read === "string") {
        for (const object of this.#globals.own.get(read)?.value ?? []) {
          if (this.#clusters.has(object.cluster)) return true;
        }
      }
    }
    return false;
  }

  /** A cell did what it did before: what it has bound is as it was. */
  redone({ binds }: BindingPage): void {
    for (const name of this.#names) if (binds.has(name)) this.#names.delete(name);
  }

  /** A cell ran where another one did before, or none: whatever either did is by a statement of another name. */
  replaced(before: Page | undefined, now: Page): void {
    for (const object of [...(before?.made ?? []), ...now.made]) this.#objects.add(object);
    for (const entry of [...(before?.entries ?? []), ...now.entries]) {
      const { owner } = entry;
      if (owner instanceof AbstractObject) this.#objects.add(owner);
      else if (bindsName(entry)) this.#names.add(owner);
      else this.#others.add(owner instanceof Layer ? all : owner);
    }
    this.#clusters = undefined;
  }

  /** A cell ran again. */
  compared(before: Page, now: Page): void {
    for (const object of new Set(before.made).symmetricDifference(new Set(now.made))) this.#objects.add(object);
    const old = Map.groupBy(before.entries, ({ owner }) => owner);
    const made = Map.groupBy(now.entries, ({ owner }) => owner);
    for (const owner of new Set([...old.keys(), ...made.keys()])) {
      this.#compare(owner, old.get(owner) ?? [], made.get(owner) ?? []);
    }
    this.#clusters = undefined;
  }

  #compare(owner: unknown, before: readonly Entry[], now: readonly Entry[]): void {
    if (isOfName(before) && isOfName(now)) {
      this.#compareName(owner, before, now);
      return;
    }
    if (before.length === now.length && before.every((entry, at) => entry.isLike(now[at] as Entry))) return;
    if (owner instanceof AbstractObject) this.#objects.add(owner);
    else this.#others.add(owner instanceof Layer ? all : owner);
  }

  /** Of a name only the last binding counts: a later cell sees no other. */
  #compareName(name: unknown, before: readonly Entry[], now: readonly Entry[]): void {
    const [old, made] = [lastPut(before), lastPut(now)];
    if (before.some(isNote) !== now.some(isNote)) this.#others.add(name);
    if (old === undefined && made === undefined) return;
    if (old !== undefined && made !== undefined && isSame(old.value, made.value)) this.#names.delete(name);
    else this.#names.add(name);
  }
}

function isOfName(entries: readonly Entry[]): boolean {
  return entries.every((entry) => isNote(entry) || bindsName(entry));
}

function bindsName(entry: Entry): boolean {
  return entry instanceof Put && entry.key === entry.owner;
}

function isNote(entry: Entry): boolean {
  return entry instanceof Note;
}

function lastPut(entries: readonly Entry[]): Put<unknown, unknown> | undefined {
  return entries.findLast((entry) => entry instanceof Put);
}
