/**
 * Places that are not in the text, such as a column of a table or a result of a call, where objects are made all the
 * same: one for each owner and key, as long as one analysis lasts.
 */
export class Places {
  // Maps, not weak ones: those cost the collector more than all else here.
  readonly #places = new Map<object, Map<unknown, object>>();

  of(owner: object, key: unknown): object {
    let places = this.#places.get(owner);
    if (places === undefined) {
      places = new Map();
      this.#places.set(owner, places);
    }
    let place = places.get(key);
    if (place === undefined) {
      place = {};
      places.set(key, place);
    }
    return place;
  }
}
