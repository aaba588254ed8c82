import { Held } from "../objects/held-entry.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { Assigned, type Entry, Note } from "./journal.ts";

/** What a cell did, apart by what others can see of it while the notebook is as it was before the cell. */
export interface Page {
  /** All of it, in order. */
  readonly entries: readonly Entry[];
  /** The objects that it made, which were not there before. */
  readonly made: readonly AbstractObject[];
  /** What has to be taken back when an earlier cell is gone back to. */
  readonly lasting: readonly Entry[];
  /**
   * What may stay until the cell itself runs again: what was done inside the objects that it made, to which nothing
   * leads while these are not made.
   */
  readonly inner: readonly Entry[];
}

/** Tells the entries of a cell apart. */
export function pageOf(entries: readonly Entry[], made: readonly AbstractObject[]): Page {
  const own = withoutOuterLinks(entries, new Set(made));
  const [lasting, inner]: [Entry[], Entry[]] = [[], []];
  const ofMade = new Set<unknown>(made);
  for (const entry of entries) {
    if (entry instanceof Note) continue;
    const isInner =
      entry instanceof Held
        ? own.has(entry.owner)
        : entry instanceof Assigned && entry.of === entry.owner && ofMade.has(entry.owner);
    (isInner ? inner : lasting).push(entry);
  }
  return { entries, made, lasting, inner };
}

/**
 * Of the objects, those that are linked with no others, directly or not: links that are taken back and made again come
 * last among those of both sides, so that all links of an object are taken back, or none.
 */
function withoutOuterLinks(entries: readonly Entry[], made: ReadonlySet<AbstractObject>): ReadonlySet<AbstractObject> {
  const links = entries.filter((entry) => entry instanceof Held);
  const own = new Set(made);
  for (let before = -1; before !== own.size; ) {
    before = own.size;
    for (const { owner, held } of links) {
      if (own.has(owner) && own.has(held)) continue;
      own.delete(owner);
      own.delete(held);
    }
  }
  return own;
}
