import type { Interpreter } from "../interpreter.ts";
import type { PathStep } from "../model.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { constantOf, union, type Value } from "../objects/value.ts";
import type { CallArguments } from "./returned.ts";

/**
 * What a call of a function under `functools.cache` gives: what it made now, or the very object that an earlier call
 * with the same arguments got, and may have been changed since.
 */
export function keptResult(run: Interpreter, fn: AbstractObject, args: CallArguments, made: Value): Value {
  const key = keyOf(args);
  const kept = [...fn.fields].filter(([part]) => isSameKey(part, key)).map(([, objects]) => new Set(objects.keys()));
  const mutable = new Set([...made].filter((object) => object.mutable));
  run.heap.hold(fn, `.${field}${key}`, mutable, run.now);
  return union(made, ...kept);
}

/** Whether a part of a function is a result that it keeps. */
export function isKeptResult({ kind, name }: PathStep): boolean {
  return kind === "attribute" && name.startsWith(field);
}

const field = "__cached__ ";
const unknownKey = "*";

/** The arguments of a call as a text, where they are all known. */
function keyOf({ positional, starred, keywords, doubled, self }: CallArguments): string {
  const values = [...positional, ...keywords.values()].map(constantOf);
  const isKnown = starred === undefined && doubled === undefined && self === undefined;
  if (!isKnown || values.includes(undefined)) return unknownKey;
  return [...keywords.keys(), ...values.map((value) => `${typeof value} ${value}`)].join("\n");
}

function isSameKey(part: string, key: string): boolean {
  if (!part.startsWith(`.${field}`)) return false;
  const kept = part.slice(field.length + 1);
  return kept === key || kept === unknownKey || key === unknownKey;
}
