import { add, assign, type Journal, push } from "../incremental/journal.ts";
import { type AbstractObject, isIterator } from "./objects.ts";
import { holdsChangeable } from "./value.ts";

/**
 * All that a container with very much in it reaches, itself included. A change of all of it is noted once, not on every
 * part: changes that come again and again would cost the square of what it holds.
 */
export interface Reach {
  readonly owner: AbstractObject;
  /** Positions of statements that may have changed all of it, ascending. */
  readonly changes: number[];
  /** What parts have come to hold since they are parts; in `seen` how many of it are parts themselves by now. */
  readonly grown: AbstractObject[];
  seen: number;
  /** Parts that something else has to do with too: a change is noted on each. */
  readonly watched: Set<AbstractObject>;
  /** Global names that have held a part. */
  readonly names: Set<string>;
}

/** What can change and holds more than this directly has a reach, once all of it changes. */
const most = 32;

/** The reach of an object; absent for one that holds little, or cannot change. */
export function reachOf(object: AbstractObject): Reach | undefined {
  if (object.reach !== undefined) return object.reach;
  return object.mutable && object.holdsMoreThan(most) ? object.makeReach() : undefined;
}

/** Notes that a statement may change all of it. */
export function changeReach(reach: Reach, now: number, journal: Journal | undefined): void {
  gather(reach, now, journal);
  if (reach.changes.at(-1) !== now) push(journal, reach.owner, reach.changes, now);
}

/** Something holds another thing: the reaches that it is a part of have grown. */
export function growReaches(holder: AbstractObject, held: AbstractObject, journal: Journal | undefined): void {
  for (const reach of holder.reaches.keys()) push(journal, holder, reach.grown, held);
  if (!holder.mutable) watch(holder, journal);
  if (held.reaches.size === 0 || !holdsChangeable(held)) return;
  for (const reach of held.reaches.keys()) {
    if (!holder.reaches.has(reach)) add(journal, held, reach.watched, held);
  }
}

/** From now on a change is noted on the object itself, whatever it is a part of. */
export function watch(object: AbstractObject, journal: Journal | undefined): void {
  for (const reach of object.reaches.keys()) add(journal, object, reach.watched, object);
}

/** A global name holds the object. */
export function nameInReaches(object: AbstractObject, name: string, journal: Journal | undefined): void {
  if (!object.mutable && object.fields.size === 0) return;
  for (const reach of object.reaches.keys()) add(journal, object, reach.names, name);
}

/** What has come to be reached since the last time becomes a part. */
function gather(reach: Reach, now: number, journal: Journal | undefined): void {
  const found = new Set(reach.grown.slice(reach.seen));
  if (reach.seen === 0) found.add(reach.owner);
  for (const object of found) {
    if (object.reaches.has(reach)) found.delete(object);
    else for (const held of object.held()) found.add(held);
  }
  for (const object of found) object.becomePartOf(reach, now);
  for (const object of found) {
    if (isToWatch(object, reach)) add(journal, object, reach.watched, object);
    if (object.mutable || object.fields.size > 0)
      for (const name of object.names) add(journal, object, reach.names, name);
  }
  assign(journal, reach.owner, reach, "seen", reach.grown.length);
}

/** Whether a change of a part matters to more than who meets the part. */
function isToWatch(object: AbstractObject, reach: Reach): boolean {
  if (object.qualified === undefined && !holdsChangeable(object)) return false;
  if (object.memory.size > 0 || object.resume !== undefined || object.qualified !== undefined) return true;
  // What can change and knows a path is a file that is open for writing.
  if (isIterator(object) || object.type === "builtins.file" || (object.mutable && object.constant !== undefined))
    return true;
  return object.holders.keys().some((holder) => !holder.reaches.has(reach));
}
