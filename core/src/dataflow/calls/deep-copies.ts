import type { Interpreter } from "../interpreter.ts";
import type { AbstractObject } from "../objects/objects.ts";

/** So many objects are copied one by one; a copy of what is larger is unknown below. */
const most = 200;

/**
 * Makes an object a deep copy of another: of the same classes, drawing random numbers as that one does, and holding
 * copies of what that one holds. What cannot change, functions and classes are not copied, as in Python.
 */
export function copyDeeply(run: Interpreter, copy: AbstractObject, original: AbstractObject, site: object): void {
  const copies = new Map([[original, copy]]);
  for (const [from, to] of copies) {
    for (const one of from.classes) run.heap.instantiates(to, one);
    if (from.draws !== undefined) {
      to.set("origin", from.origin);
      to.set("draws", from.draws);
      to.set("seeded", from.seeded);
    }
    if (from.evaluating) to.set("evaluating", true);
    for (const [field, held] of from.fields) {
      const parts = [...held.keys()].map((part) => copies.get(part) ?? copyOf(part));
      run.heap.hold(to, field, new Set(parts), run.now);
    }
  }

  function copyOf(part: AbstractObject): AbstractObject {
    const { type, mutable, callable, qualified, constant } = part;
    const isFixed = !mutable && part.fields.size === 0;
    if (isFixed || callable !== undefined || qualified !== undefined) return part;
    const [made = part] = run.at(run.places.of(site, copies.size < most ? part : "the rest"), {
      type,
      mutable,
      constant,
    });
    copies.set(part, made);
    return made;
  }
}
