import type { Returned } from "../../effects/effect.ts";
import type { Interpreter } from "../interpreter.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { inCells, keepCells } from "../objects/table-cells.ts";
import { nothing, union, unionOf, type Value } from "../objects/value.ts";
import { handOver, isAsker } from "./handed-over.ts";
import { applyEffect, callByName, type LibraryCall } from "./library-call.ts";
import { callFunction } from "./notebook-call.ts";
import { allArguments, build, noArguments } from "./returned.ts";

/** Follows the functions among the arguments, with what the table says that they are given. */
export function callBack(run: Interpreter, call: LibraryCall, given: readonly Returned[]): Value | undefined {
  const { args, effect, site } = call;
  const results: Value[] = [];
  const standing = unionOf([...(call.self ?? nothing)].map((table) => inCells(run, table)));
  for (const object of codeAmong(run, allArguments(args))) {
    if (object.qualified !== undefined) {
      results.push(...callBackLibrary(run, call, object.qualified, given));
      continue;
    }
    if (isAsker(object)) handOver(run, new Set([object]), allArguments(args), site);
    if (object.callable === undefined) continue;
    const positional = given.map((one, at) => {
      const made = build(run, one, args, effect, run.places.of(object, `callback ${at}`));
      keepCells(run, call.self ?? nothing, made);
      return union(made, standing);
    });
    const rest = { self: undefined, positional, starred: undefined, keywords: args.keywords, doubled: undefined };
    const { callable } = object;
    if (callable.kind === "function") results.push(run.maybe(() => callFunction(run, object, rest, site)));
    else {
      handOver(run, new Set([object]), union(call.self ?? nothing, allArguments(args)), site);
      results.push(run.at(run.places.of(object, `callback ${call.qualified}`), { mutable: true }));
    }
  }
  return results.length === 0 ? undefined : union(...results);
}

/** What is given, and what stands in lists and dictionaries that are given: `df.agg({"age": spread})`. */
function codeAmong(run: Interpreter, given: Value): Value {
  const seen = new Set(given);
  for (const one of seen) {
    if (!one.reachesCode || !one.type?.startsWith("builtins.")) continue;
    for (const held of run.heap.items(new Set([one]))) seen.add(held);
  }
  return seen;
}

/** Applies what the table says of a library's function with what the call gives it: it may draw, or change that. */
function callBackLibrary(
  run: Interpreter,
  { args, effect, site }: LibraryCall,
  qualified: string,
  given: readonly Returned[],
): readonly Value[] {
  const known = run.catalog.lookup(qualified);
  if (known === undefined || run.isTooDeep) return [];
  const place = run.places.of(site, `callback ${qualified}`);
  const positional = given.map((one, at) => build(run, one, args, effect, run.places.of(place, at)));
  run.depth++;
  try {
    const call = callByName(run, qualified, known, { ...noArguments, positional }, place);
    return [run.maybe(() => applyEffect(run, call))];
  } finally {
    run.depth--;
  }
}

/** Arguments (and what the receiver holds) that run code of others when a library calls them. */
export function callbacksIn(call: LibraryCall): Value {
  const isContainer = (object: AbstractObject) => object.type?.startsWith("builtins.") === true;
  const self = [...(call.self ?? nothing)].filter((object) => !isContainer(object));
  const isBuiltin = call.qualified.startsWith("builtins.");
  const args = [...allArguments(call.args)].filter(
    (object) =>
      object.callable?.kind === "function" ||
      object.callable?.kind === "bound" ||
      object.qualified !== undefined ||
      isAsker(object) ||
      !isBuiltin,
  );
  return new Set([...self, ...args]);
}
