import type { Keep } from "../../effects/effect.ts";
import type { Interpreter } from "../interpreter.ts";
import { contentsOf, elementsOf, isMapping } from "../objects/items.ts";
import type { AbstractObject } from "../objects/objects.ts";
import type { LibraryCall } from "./library-call.ts";
import { select } from "./returned.ts";

/** Stores in what a library call is made on, or given, what the table says that it keeps. */
export function keepArguments(run: Interpreter, { qualified, effect, args, site }: LibraryCall): void {
  for (const keep of effect.keeps ?? []) {
    const what = select(args, keep.what, effect);
    for (const holder of select(args, keep.in, effect)) {
      if (keep.asHeld && !somethingHeldKeeps(run, holder, keep, qualified)) continue;
      const elements = isMapping(holder) ? contentsOf : elementsOf;
      run.heap.hold(holder, "*", keep.elements ? elements(run, what, site) : what, run.now);
    }
  }
}

/**
 * Whether something that an object holds keeps the same with its method of that name: itself, in a list, or as what holds
 * something that does. What has such a method and keeps nothing is given something else (a pipeline scales it first).
 */
function somethingHeldKeeps(run: Interpreter, holder: AbstractObject, { what }: Keep, qualified: string): boolean {
  const method = qualified.slice(qualified.lastIndexOf(".") + 1);
  const waiting = new Set([holder]);
  for (const object of waiting) {
    const effect = object.type === undefined ? undefined : run.catalog.method(object.type, method)?.effect;
    const keeps = effect?.keeps?.filter((each) => each.what === what && each.in === "self") ?? [];
    if (keeps.some(({ asHeld }) => !asHeld)) return true;
    if (effect !== undefined && keeps.length === 0) continue;
    for (const objects of object.fields.values()) for (const held of objects.keys()) waiting.add(held);
  }
  return false;
}
