import type { Span } from "../../text/position.ts";
import { AbstractObject } from "./objects.ts";

/**
 * Places that are not in the text, such as a column of a table or a result of a call, where objects are made all the
 * same: one for each owner and key, as long as one analysis lasts.
 */
export class Places {
  // Maps, not weak ones: those cost the collector more than all else here.
  readonly #places = new Map<object, Map<unknown, Place>>();

  of(owner: object, key: unknown): Place {
    let places = this.#places.get(owner);
    if (places === undefined) {
      places = new Map();
      this.#places.set(owner, places);
    }
    let place = places.get(key);
    if (place === undefined) {
      place = new Place(owner, key);
      places.set(key, place);
    }
    return place;
  }
}

/** A place that belongs to an owner: a call's, an object's, another place's. */
export class Place {
  readonly owner: object;
  readonly key: unknown;

  constructor(owner: object, key: unknown) {
    this.owner = owner;
    this.key = key;
  }
}

/** Where a call or another place stands in the text; the beginning for what does not. */
export function spanOf(site: object): Span {
  let at = site;
  while (at instanceof Place) at = at.owner;
  const { start, end } = at as Partial<Span>;
  return { start: start ?? 0, end: end ?? 0 };
}

/** The objects that a place belongs to, from the inside out. */
export function* objectsAround(place: unknown): Generator<AbstractObject> {
  for (let one = place; ; one = one.owner) {
    if (one instanceof AbstractObject) yield one;
    if (!(one instanceof Place)) return;
    if (one.key instanceof AbstractObject) yield one.key;
  }
}
