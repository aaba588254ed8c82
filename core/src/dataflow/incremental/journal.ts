import type { AbstractObject } from "../objects/objects.ts";

/**
 * What an abstract run has done to its state, cell by cell, so that it can be taken back and done again: an editor's
 * analysis goes back to the edited cell, and takes over what the cells behind it did where that still holds.
 *
 * Whoever changes state that outlasts a statement does it by the functions below. Without a journal they only change it.
 */
export class Journal {
  /** What was done since the journal was last turned over. */
  entries: Entry[] = [];
  /** The objects that were made, which were not there before. */
  made: AbstractObject[] = [];
  /** What that depended on: names, streams, `state figure`; objects that were met otherwise than by a name; `all`. */
  reads = new Set<unknown>();
  /** The position of the first statement of the cell that runs. */
  base = 0;
  /** Counts the cells that have run: what is older than the cell that runs outlasts it. */
  epoch = 0;

  /** Begins the page of a cell whose first statement stands at a position. */
  turn(base: number): void {
    this.entries = [];
    this.made = [];
    this.reads = new Set();
    this.base = base;
    this.epoch++;
  }
}

/** Stands for whatever there is: read by what goes through all names, changed where nothing is told apart. */
export const all = Symbol("all");

/** An object is made. That is a quarter of what cells do, and takes no entry of its own. */
export function make(journal: Journal | undefined, object: AbstractObject): void {
  journal?.made.push(object);
  object.timesMade++;
}

/** One change of the state. `owner` is what somebody who depends on it has read: a name, an object, a stream. */
export interface Entry {
  readonly owner: unknown;
  undo(): void;
  redo(): void;
  /** Whether another entry does the same. */
  isLike(other: Entry): boolean;
}

/** `map.set(key, value)`. */
export function put<K, V>(journal: Journal | undefined, owner: unknown, map: Map<K, V>, key: K, value: V): void {
  journal?.entries.push(new Put(owner, map, key, value));
  map.set(key, value);
}

/** `set.add(item)`. */
export function add<T>(journal: Journal | undefined, owner: unknown, set: Set<T>, item: T): void {
  if (set.has(item)) return;
  journal?.entries.push(new Added(owner, set, item));
  set.add(item);
}

/** `list.push(item)`. */
export function push<T>(journal: Journal | undefined, owner: unknown, list: T[], item: T): void {
  journal?.entries.push(new Pushed(owner, list, item));
  list.push(item);
}

/** `target[field] = value`. */
export function assign<T extends object, K extends keyof T>(
  journal: Journal | undefined,
  owner: unknown,
  target: T,
  field: K,
  value: T[K],
): void {
  if (target[field] === value) return;
  journal?.entries.push(new Assigned(owner, target, field, value));
  target[field] = value;
}

/** A key of a map has another value. */
export class Put<K, V> implements Entry {
  readonly owner: unknown;
  readonly of: Map<K, V>;
  readonly key: K;
  value: V;
  #before: V | undefined;

  constructor(owner: unknown, map: Map<K, V>, key: K, value: V) {
    this.owner = owner;
    this.of = map;
    this.key = key;
    this.value = value;
    this.#before = map.get(key);
  }

  undo(): void {
    if (this.#before === undefined) this.of.delete(this.key);
    else this.of.set(this.key, this.#before);
  }

  redo(): void {
    this.#before = this.of.get(this.key);
    this.of.set(this.key, this.value);
  }

  isLike(other: Entry): boolean {
    return other instanceof Put && other.of === this.of && other.key === this.key && isSame(other.value, this.value);
  }
}

class Added<T> implements Entry {
  readonly owner: unknown;
  readonly #set: Set<T>;
  readonly #item: T;

  constructor(owner: unknown, set: Set<T>, item: T) {
    this.owner = owner;
    this.#set = set;
    this.#item = item;
  }

  undo(): void {
    this.#set.delete(this.#item);
  }

  redo(): void {
    this.#set.add(this.#item);
  }

  isLike(other: Entry): boolean {
    return other instanceof Added && other.#set === this.#set && other.#item === this.#item;
  }
}

class Pushed<T> implements Entry {
  readonly owner: unknown;
  readonly #list: T[];
  readonly #item: T;

  constructor(owner: unknown, list: T[], item: T) {
    this.owner = owner;
    this.#list = list;
    this.#item = item;
  }

  undo(): void {
    this.#list.pop();
  }

  redo(): void {
    this.#list.push(this.#item);
  }

  isLike(other: Entry): boolean {
    return other instanceof Pushed && other.#list === this.#list && isSame(other.#item, this.#item);
  }
}

/** A field of an object has another value. */
export class Assigned<T extends object, K extends keyof T> implements Entry {
  readonly owner: unknown;
  readonly of: T;
  readonly key: K;
  value: T[K];
  #before: T[K];

  constructor(owner: unknown, target: T, field: K, value: T[K]) {
    this.owner = owner;
    this.of = target;
    this.key = field;
    this.value = value;
    this.#before = target[field];
  }

  undo(): void {
    this.of[this.key] = this.#before;
  }

  redo(): void {
    this.#before = this.of[this.key];
    this.of[this.key] = this.value;
  }

  isLike(other: Entry): boolean {
    return (
      other instanceof Assigned && other.of === this.of && other.key === this.key && isSame(other.value, this.value)
    );
  }
}

/** What has been set several times, once: from what it was first to what it was set to last. */
export function setOnce(entries: readonly Entry[]): readonly Entry[] {
  const settings = new Map<object, Map<unknown, { value: unknown }>>();
  return entries.filter((entry) => {
    if (!(entry instanceof Put || entry instanceof Assigned)) return true;
    let known = settings.get(entry.of);
    if (known === undefined) {
      known = new Map();
      settings.set(entry.of, known);
    }
    const first = known.get(entry.key);
    if (first === undefined) known.set(entry.key, entry);
    else first.value = entry.value;
    return first === undefined;
  });
}

/** Nothing that would have to be taken back; but who depends on the owner depends on its being there. */
export class Note implements Entry {
  readonly owner: unknown;
  readonly #text: string;

  constructor(owner: unknown, text: string) {
    this.owner = owner;
    this.#text = text;
  }

  undo(): void {}

  redo(): void {}

  isLike(other: Entry): boolean {
    return other instanceof Note && other.#text === this.#text;
  }
}

/** Whether two values of entries say the same: sets, lists and plain records are looked into, one level deep. */
export function isSame(one: unknown, other: unknown): boolean {
  if (isSameList(one, other)) return true;
  if (!isRecord(one) || !isRecord(other)) return false;
  const fields = Object.entries(one);
  return (
    fields.length === Object.keys(other).length && fields.every(([field, value]) => isSameList(value, other[field]))
  );
}

function isSameList(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (one instanceof Set && other instanceof Set) return one.size === other.size && one.isSubsetOf(other);
  if (!Array.isArray(one) || !Array.isArray(other)) return false;
  return one.length === other.length && one.every((item, at) => Object.is(item, other[at]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
