import { assign, type Journal, make, push } from "../incremental/journal.ts";
import { isSameCallable } from "./callable.ts";
import { rootOf } from "./memory-region.ts";
import { AbstractObject } from "./objects.ts";
import { objectsAround } from "./places.ts";
import { growReaches, watch } from "./reach.ts";
import { cells } from "./table-cells.ts";
import type { ObjectFacts } from "./traits.ts";
import { unionOf, type Value } from "./value.ts";

/** All abstract objects of one analysis. */
export class Heap {
  /** Grows with every new object or link: loops run until it stands still. */
  version = 0;
  /** The newest statement that wrote to a whole region of memory, without telling the objects in it. */
  regionWritten = -1;
  /** Whether anything that can change has been put into the cells of a table. */
  hasCells = false;
  #count = 0;
  readonly #library = new Map<string, AbstractObject>();
  readonly #definitions = new Map<unknown, AbstractObject[]>();
  /** What was ever made, by context and place; what is not made in the current state too. */
  readonly #sites = new Map<object, Map<unknown, AbstractObject>>();
  readonly #journal: Journal | undefined;
  readonly #acts: (qualified: string) => boolean;

  /** `acts` tells of which of the libraries' names a call does more than make a value. */
  constructor(acts: (qualified: string) => boolean, journal?: Journal) {
    this.#acts = acts;
    this.#journal = journal;
  }

  /** The object that a place makes in a context: the same each time. A constant that differs is forgotten. */
  at(context: object, site: unknown, facts: ObjectFacts, now: number): AbstractObject {
    let sites = this.#sites.get(context);
    if (sites === undefined) {
      sites = new Map();
      this.#sites.set(context, sites);
    }
    let object = sites.get(site);
    if (object === undefined || !object.isMade) {
      this.version++;
      if (object === undefined || !wouldBe(object, facts, now)) {
        object = new AbstractObject(this.#count++, now, facts, this.#journal);
        sites.set(site, object);
        if (this.#journal !== undefined) joinAround(object, context, site);
      }
      make(this.#journal, object);
      if (facts.callable !== undefined) this.#define(site, object);
      return object;
    }
    if (this.#journal !== undefined && object.made < this.#journal.base) this.#journal.reads.add(object);
    if (object.constant !== facts.constant) object.set("constant", undefined);
    if (object.type !== facts.type) object.set("type", undefined);
    if (facts.mutable !== false && !object.mutable) {
      object.set("mutable", true);
      watch(object, this.#journal);
    }
    return object;
  }

  /** What a definition has made, wherever it ran. */
  definedBy(site: object): readonly AbstractObject[] {
    return this.#definitions.get(site) ?? [];
  }

  #define(site: unknown, object: AbstractObject): void {
    let made = this.#definitions.get(site);
    if (made === undefined) {
      made = [];
      this.#definitions.set(site, made);
    }
    push(this.#journal, object, made, object);
  }

  /** The one object of a library's name. It is there before any statement. */
  library(qualified: string, type?: string): AbstractObject {
    let object = this.#library.get(qualified);
    if (object === undefined) {
      object = new AbstractObject(this.#count++, -1, { qualified, mutable: false }, this.#journal);
      if (this.#acts(qualified)) object.set("reachesCode", true);
      this.#library.set(qualified, object);
    }
    if (type !== undefined) object.set("type", type);
    this.#journal?.reads.add(object);
    return object;
  }

  /** From now on `holder` holds `held`. */
  hold(holder: AbstractObject, field: string, held: Value, now: number): void {
    if (field === cells && held.size > 0) this.hasCells = true;
    for (const object of holder.hold(field, held, now)) {
      growReaches(holder, object, this.#journal);
      if (object.reachesCode) reachCode(holder);
      raiseBelow(holder, Math.max(object.lastBelow(), object.lastChange(), object.lastSharedChange()));
      this.version++;
    }
  }

  /** The object may be an instance of a class of the notebook. */
  instantiates(object: AbstractObject, one: AbstractObject): void {
    object.isOf(one);
    reachCode(object);
  }

  /** From now on the two may share memory. */
  share(one: AbstractObject, other: AbstractObject, now: number): void {
    if (one === other || one.memory.has(other)) return;
    for (const each of [one, other]) watch(each, this.#journal);
    one.shareWith(other, now);
    other.shareWith(one, now);
    this.#joinRegions(one, other);
    this.version++;
  }

  /** What may stand at a literal key, or at any. */
  items(value: Value, key?: string | number): Value {
    const found: Value[] = [];
    for (const object of value) {
      for (const [field, objects] of object.fields) {
        if (field === "*" || (field.startsWith("[") && (key === undefined || field === `[${key}`))) {
          found.push(new Set(objects.keys()));
        }
      }
    }
    return unionOf(found);
  }

  attribute(object: AbstractObject, name: string): Value {
    const held = object.fields.get(`.${name}`);
    return held === undefined ? new Set() : new Set(held.keys());
  }

  #joinRegions(one: AbstractObject, other: AbstractObject): void {
    let [small, large] = [rootOf(one.enterRegion()), rootOf(other.enterRegion())];
    if (small === large) return;
    if (small.size > large.size) [small, large] = [large, small];
    const journal = this.#journal;
    if (small.changes.length > 0) {
      const changes = [...new Set([...large.changes, ...small.changes])].sort((a, b) => a - b);
      assign(journal, large.owner, large, "changes", changes);
      assign(journal, small.owner, small, "changes", []);
    }
    assign(journal, large.owner, large, "size", large.size + small.size);
    assign(journal, small.owner, small, "joined", large);
  }
}

/** Whether an object that was once made is what would be made now. */
function wouldBe(
  { made, type, mutable, constant, callable }: AbstractObject,
  facts: ObjectFacts,
  now: number,
): boolean {
  return (
    made === now &&
    type === facts.type &&
    mutable === (facts.mutable ?? true) &&
    constant === facts.constant &&
    isSameCallable(callable, facts.callable)
  );
}

/** Other statements can come to what is made in an object's context by that object alone. */
function joinAround(object: AbstractObject, context: object, site: unknown): void {
  for (const other of objectsAround(context)) object.joinCluster(other);
  for (const other of objectsAround(site)) object.joinCluster(other);
  const { callable } = object;
  if (callable?.kind === "bound") for (const self of callable.self) object.joinCluster(self);
  if (callable?.kind === "class") for (const base of callable.bases) object.joinCluster(base);
  if (callable?.kind === "function" && callable.owner !== undefined) object.joinCluster(callable.owner);
}

/** Tells an object and all that hold it that there is code of the notebook below. */
function reachCode(object: AbstractObject): void {
  const waiting = [object];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.reachesCode) continue;
    next.set("reachesCode", true);
    waiting.push(...next.holders.keys());
  }
}

/** Tells an object and all that hold it that something below was changed at a position. */
function raiseBelow(object: AbstractObject, position: number): void {
  const waiting = [object];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.below >= position) continue;
    next.set("below", position);
    waiting.push(...next.holders.keys());
  }
}
