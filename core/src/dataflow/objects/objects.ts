import type { RandomDraw } from "../../effects/effect.ts";
import type * as ast from "../../python/ast.ts";
import { add, assign, type Journal, push, put } from "../incremental/journal.ts";
import type { ObjectId } from "../model.ts";
import type { Callable } from "./callable.ts";
import { Held } from "./held-entry.ts";
import { type Region, rootOf } from "./memory-region.ts";
import { lastOf } from "./positions.ts";
import type { Reach } from "./reach.ts";
import type { ConstantValue, ObjectFacts, Resume, Traits } from "./traits.ts";
import { nothing, type Value } from "./value.ts";

// Most objects are numbers and texts that never hold or change anything: they share these.
const noFields: ReadonlyMap<string, ReadonlyMap<AbstractObject, number>> = new Map();
const noHolders: ReadonlyMap<AbstractObject, string> = new Map();
const noMemory: ReadonlyMap<AbstractObject, number> = new Map();
const noNames: ReadonlySet<string> = new Set();
const noPositions: readonly number[] = [];
const noReaches: ReadonlyMap<Reach, number> = new Map();

/**
 * What one place in the notebook makes, however often it runs. Fields, memory links and changes only ever grow, each
 * with the position of the statement that made it, so that the state after any statement can be read later.
 */
export class AbstractObject implements Readonly<Traits> {
  readonly id: ObjectId;
  readonly type: string | undefined;
  readonly mutable: boolean;
  readonly constant: ConstantValue | undefined;
  /** The library name that it stands for: a module, class or function. */
  readonly qualified: string | undefined;
  readonly callable: Callable | undefined;
  /** Which statement made it. */
  readonly made: number;
  /** How many unknown objects it is a part of a part of. */
  readonly depth: number;
  #fields: Map<string, Map<AbstractObject, number>> | undefined;
  #holders: Map<AbstractObject, string> | undefined;
  #memory: Map<AbstractObject, number> | undefined;
  #changes: number[] | undefined;
  #written: number[] | undefined;
  #names: Set<string> | undefined;
  #classes: Set<AbstractObject> | undefined;
  #reaches: Map<Reach, number> | undefined;
  readonly below: number = -1;
  readonly reachesCode: boolean;
  readonly region: Region | undefined = undefined;
  readonly reach: Reach | undefined = undefined;
  readonly column: Traits["column"] = undefined;
  readonly renamed: number = -1;
  readonly resume: Resume | undefined = undefined;
  readonly origin: ast.Call | undefined = undefined;
  readonly draws: RandomDraw | undefined = undefined;
  readonly seeded: boolean = false;
  readonly evaluating: boolean = false;
  /** How many of the cells that have run have made it; 0 while an earlier state is gone back to. Set by the journal. */
  timesMade: number;
  /** Used by walks, so that they need no set of what they have seen. */
  mark = 0;
  readonly #journal: Journal | undefined;
  /** What it is linked with, in any state that was (union-find); by itself without a journal. */
  #cluster: AbstractObject = this;
  #ownRegion: Region | undefined;
  #ownReach: Reach | undefined;

  constructor(id: ObjectId, made: number, facts: ObjectFacts, journal?: Journal) {
    this.id = id;
    this.made = made;
    this.depth = facts.depth ?? 0;
    this.type = facts.type;
    this.mutable = facts.mutable ?? true;
    this.constant = facts.constant;
    this.qualified = facts.qualified;
    this.callable = facts.callable;
    this.reachesCode = facts.callable !== undefined;
    this.timesMade = facts.qualified === undefined ? 0 : 1;
    this.#journal = journal;
  }

  /** Whether it is there in the state that is gone back to. */
  get isMade(): boolean {
    return this.timesMade > 0;
  }

  /** Changes what it is. */
  set<K extends keyof Traits>(trait: K, value: Traits[K]): void {
    assign<Traits, K>(this.#journal, this, this as Traits, trait, value);
  }

  /** What it holds, with since when: by `.attribute`, `[key`, and `*` for elements that are not told apart. */
  get fields(): ReadonlyMap<string, ReadonlyMap<AbstractObject, number>> {
    return this.#fields ?? noFields;
  }

  /** What holds it, by which field. */
  get holders(): ReadonlyMap<AbstractObject, string> {
    return this.#holders ?? noHolders;
  }

  /** What may share its memory, with since when: views and what they view. */
  get memory(): ReadonlyMap<AbstractObject, number> {
    return this.#memory ?? noMemory;
  }

  /** Global names that have held it. */
  get names(): ReadonlySet<string> {
    return this.#names ?? noNames;
  }

  /** The notebook's classes that it may be an instance of. */
  get classes(): Value {
    return this.#classes ?? nothing;
  }

  /** Holds the objects by a field from now on; answers with those that it did not hold by it before. */
  hold(field: string, objects: Value, now: number): readonly AbstractObject[] {
    const held = this.#fields?.get(field);
    const added: AbstractObject[] = [];
    for (const object of objects) {
      if (object === this || held?.has(object)) continue;
      if (this.#journal !== undefined) {
        this.joinCluster(object);
        this.#journal.entries.push(new Held(this, field, object, now));
      }
      this.link(field, object, now);
      added.push(object);
    }
    return added;
  }

  /** Holds an object by a field, and is its holder by that field where it is none yet. */
  link(field: string, object: AbstractObject, now: number): void {
    this.#fields ??= new Map();
    const held = this.#fields.get(field);
    if (held === undefined) this.#fields.set(field, new Map([[object, now]]));
    else held.set(object, now);
    object.#holders ??= new Map();
    if (!object.#holders.has(this)) object.#holders.set(this, field);
  }

  /** Takes the newest `link` back. */
  unlink(field: string, object: AbstractObject): void {
    const held = this.#fields?.get(field);
    held?.delete(object);
    if (held?.size === 0) this.#fields?.delete(field);
    if (object.#holders?.get(this) === field) object.#holders.delete(this);
  }

  shareWith(other: AbstractObject, now: number): void {
    this.#memory ??= new Map();
    this.joinCluster(other);
    put(this.#journal, this, this.#memory, other, now);
  }

  /** The region that it shares with others, from now on one of its own. */
  enterRegion(): Region {
    this.#ownRegion ??= { owner: this, joined: undefined, size: 1, changes: [] };
    if (this.region === undefined) this.set("region", this.#ownRegion);
    return this.region ?? this.#ownRegion;
  }

  /** What it reaches all together, from now on kept. */
  makeReach(): Reach {
    this.#ownReach ??= { owner: this, changes: [], grown: [], seen: 0, watched: new Set(), names: new Set() };
    this.set("reach", this.#ownReach);
    return this.#ownReach;
  }

  /** The reaches that it is a part of, with since when. */
  get reaches(): ReadonlyMap<Reach, number> {
    return this.#reaches ?? noReaches;
  }

  becomePartOf(reach: Reach, now: number): void {
    this.#reaches ??= new Map();
    put(this.#journal, this, this.#reaches, reach, now);
  }

  holdsMoreThan(most: number): boolean {
    let held = 0;
    for (const objects of this.fields.values()) {
      held += objects.size;
      if (held > most) return true;
    }
    return false;
  }

  nameIt(name: string): void {
    this.#names ??= new Set();
    add(this.#journal, this, this.#names, name);
  }

  isOf(one: AbstractObject): void {
    this.#classes ??= new Set();
    this.joinCluster(one);
    add(this.#journal, this, this.#classes, one);
  }

  /** What stands for all that it is or was linked with; the same for each of them. */
  get cluster(): AbstractObject {
    let root: AbstractObject = this;
    while (root.#cluster !== root) {
      root.#cluster = root.#cluster.#cluster;
      root = root.#cluster;
    }
    return root;
  }

  /** Whoever depends on one of the two may depend on the other. */
  joinCluster(other: AbstractObject): void {
    if (this.#journal !== undefined) other.cluster.#cluster = this.cluster;
  }

  /** A statement may change it by itself. */
  changeAt(now: number): void {
    this.#changes ??= [];
    if (this.#changes.at(-1) !== now) push(this.#journal, this, this.#changes, now);
  }

  /** A statement may have written to its memory through what shares it. Answers with the one that did before; -1 for none. */
  writeAt(now: number): number {
    this.#written ??= [];
    const last = this.#written.at(-1) ?? -1;
    if (last !== now) push(this.#journal, this, this.#written, now);
    return last;
  }

  /** The newest statement, not after `until`, that may have changed it; -1 where none has. */
  lastChange(until = Number.POSITIVE_INFINITY): number {
    const own = lastOf(this.#changes ?? noPositions, until);
    return this.mutable ? Math.max(own, this.#lastOfReaches(until)) : own;
  }

  /** Whether no statement behind this one may have changed it or anything that it holds; memory regions are left out. */
  isUntouchedSince(position: number): boolean {
    return (
      this.below <= position &&
      (this.#changes === undefined || (this.#changes.at(-1) ?? -1) <= position) &&
      (this.#written === undefined || (this.#written.at(-1) ?? -1) <= position) &&
      (this.#reaches === undefined || this.#lastOfReaches(Number.POSITIVE_INFINITY) <= position)
    );
  }

  /** No statement behind this one, of those that have run, has changed anything that it holds; -1 where none ever has. */
  lastBelow(): number {
    return Math.max(this.below, this.#lastOfReaches(Number.POSITIVE_INFINITY));
  }

  /** The newest statement, not after `until`, that may have changed all of something that it is a part of. */
  #lastOfReaches(until: number): number {
    let newest = -1;
    for (const [{ changes }, since] of this.reaches) {
      const last = lastOf(changes, until);
      if (last >= since) newest = Math.max(newest, last);
    }
    return newest;
  }

  /** As `lastChange`, through what shares its memory. */
  lastSharedChange(until = Number.POSITIVE_INFINITY): number {
    const inRegion = this.region === undefined ? -1 : lastOf(rootOf(this.region).changes, until);
    return Math.max(inRegion, lastOf(this.#written ?? noPositions, until));
  }

  /** What it holds, not told apart; what it was computed by can be left out. */
  *held(until = Number.POSITIVE_INFINITY, withoutOrigin = false): Generator<AbstractObject> {
    for (const [field, objects] of this.fields) {
      if (withoutOrigin && field === "~") continue;
      for (const [object, since] of objects) if (since <= until) yield object;
    }
  }
}

/** Whether going through it changes it: what it gives is given once. */
export function isIterator({ type }: { readonly type?: string | undefined }): boolean {
  return type === "builtins.iterator" || type === "types.GeneratorType";
}

/** Whether it is a figure, or a part of one. */
export function isDrawn({ type }: Pick<AbstractObject, "type">): boolean {
  return type?.startsWith("matplotlib.") === true;
}
