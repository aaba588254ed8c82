import type { Interpreter } from "../interpreter.ts";
import { typesOf } from "../objects/access-path.ts";
import { nothing, reachable, union, type Value } from "../objects/value.ts";
import { handOver } from "./handed-over.ts";
import { applyEffect, type LibraryCall } from "./library-call.ts";
import { allArguments } from "./returned.ts";

/** Whether all that is called are models that are only asked. */
export function isAsked(self: Value | undefined): boolean {
  return self !== undefined && self.size > 0 && [...self].every(({ evaluating }) => evaluating);
}

/** A model trains, or is only asked, from now on; where that is not sure, it trains: then it does more. */
export function enterMode(run: Interpreter, self: Value, mode: "training" | "evaluation"): void {
  const isSure = run.must && self.size === 1;
  for (const object of self) object.set("evaluating", mode === "evaluation" && isSure);
}

/**
 * Calls the hooks that the receiver keeps and, where its own method is not known, the models that it holds, directly or
 * not: a `Sequential` calls its layers. Each once a statement.
 */
export function callHeld(run: Interpreter, call: LibraryCall, method: string, isFollowed: boolean): void {
  const self = call.self ?? nothing;
  const hooks = new Set([...run.heap.items(self)].filter(({ callable }) => callable !== undefined));
  if (hooks.size > 0) handOver(run, hooks, union(self, allArguments(call.args)), call.site);
  if (isFollowed) return;
  for (const object of reachable(self)) {
    if (self.has(object) || run.handedOver.has(object)) continue;
    for (const type of typesOf(run, object)) {
      const known = run.catalog.method(type, method);
      if (known?.effect.callsHeld === undefined) continue;
      run.handedOver.add(object);
      const receiver = new Set([object]);
      const args = { ...call.args, self: receiver };
      const site = run.places.of(call.site, object);
      run.maybe(() => applyEffect(run, { ...known, self: receiver, args, site }));
    }
  }
}
