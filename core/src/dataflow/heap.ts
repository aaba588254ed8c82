import { AbstractObject, type ObjectFacts, rootOf, union, type Value } from "./objects.ts";

/** All abstract objects of one analysis. */
export class Heap {
  /** Grows with every new object or link: loops run until it stands still. */
  version = 0;
  /** The newest statement that wrote to a whole region of memory, without telling the objects in it. */
  regionWritten = -1;
  #count = 0;
  readonly #library = new Map<string, AbstractObject>();
  readonly #definitions = new Map<unknown, AbstractObject[]>();
  readonly #sites = new Map<object, Map<unknown, AbstractObject>>();

  /** A new object. */
  make(facts: ObjectFacts, now: number): AbstractObject {
    this.version++;
    return new AbstractObject(this.#count++, now, facts);
  }

  /** The object that a place makes in a context: the same each time. A constant that differs is forgotten. */
  at(context: object, site: unknown, facts: ObjectFacts, now: number): AbstractObject {
    let sites = this.#sites.get(context);
    if (sites === undefined) {
      sites = new Map();
      this.#sites.set(context, sites);
    }
    let object = sites.get(site);
    if (object === undefined) {
      object = this.make(facts, now);
      sites.set(site, object);
      if (facts.callable !== undefined) this.#define(site, object);
      return object;
    }
    if (object.constant !== facts.constant) object.constant = undefined;
    if (object.type !== facts.type) object.type = undefined;
    if (facts.mutable !== false) object.mutable = true;
    return object;
  }

  /** What a definition has made, wherever it ran. */
  definedBy(site: object): readonly AbstractObject[] {
    return this.#definitions.get(site) ?? [];
  }

  #define(site: unknown, object: AbstractObject): void {
    const made = this.#definitions.get(site);
    if (made === undefined) this.#definitions.set(site, [object]);
    else made.push(object);
  }

  /** The one object of a library's name. */
  library(qualified: string, now: number, type?: string): AbstractObject {
    let object = this.#library.get(qualified);
    if (object === undefined) {
      object = this.make({ qualified, mutable: false, ...(type === undefined ? {} : { type }) }, now);
      this.#library.set(qualified, object);
    }
    return object;
  }

  /** From now on `holder` holds `held`. */
  hold(holder: AbstractObject, field: string, held: Value, now: number): void {
    for (const object of holder.hold(field, held, now)) {
      if (object.reachesCode) reachCode(holder);
      raiseBelow(holder, Math.max(object.below, object.lastChange(), object.lastSharedChange()));
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
    one.shareWith(other, now);
    other.shareWith(one, now);
    joinRegions(one, other);
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
    return union(...found);
  }

  attribute(object: AbstractObject, name: string): Value {
    const held = object.fields.get(`.${name}`);
    return held === undefined ? new Set() : new Set(held.keys());
  }
}

/** Tells an object and all that hold it that there is code of the notebook below. */
function reachCode(object: AbstractObject): void {
  const waiting = [object];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.reachesCode) continue;
    next.reachesCode = true;
    waiting.push(...next.holders.keys());
  }
}

/** Tells an object and all that hold it that something below was changed at a position. */
function raiseBelow(object: AbstractObject, position: number): void {
  const waiting = [object];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.below >= position) continue;
    next.below = position;
    waiting.push(...next.holders.keys());
  }
}

function joinRegions(one: AbstractObject, other: AbstractObject): void {
  one.region ??= { joined: undefined, changes: [] };
  other.region ??= { joined: undefined, changes: [] };
  let [small, large] = [rootOf(one.region), rootOf(other.region)];
  if (small === large) return;
  if (small.changes.length > large.changes.length) [small, large] = [large, small];
  if (small.changes.length > 0) {
    large.changes = [...new Set([...large.changes, ...small.changes])].sort((a, b) => a - b);
  }
  small.joined = large;
  small.changes = [];
}
