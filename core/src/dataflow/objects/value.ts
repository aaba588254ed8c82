import type { AbstractObject } from "./objects.ts";
import type { ConstantValue } from "./traits.ts";

/** What an expression may denote: abstract objects. */
export type Value = ReadonlySet<AbstractObject>;

export const nothing: Value = new Set();

/** What is in one or the other. */
export function union(...values: readonly Value[]): Value {
  return unionOf(values);
}

/** What is in any: of more values than a call takes arguments. */
export function unionOf(values: readonly Value[]): Value {
  const present = values.filter((value) => value.size > 0);
  if (present.length <= 1) return present[0] ?? nothing;
  const joined = new Set<AbstractObject>();
  for (const value of present) for (const object of value) joined.add(object);
  return joined;
}

/** The constant that a value is, where it can only be one. */
export function constantOf(value: Value): ConstantValue | undefined {
  if (value.size !== 1) return undefined;
  const [object] = value;
  return object?.constant;
}

/** The objects and everything that they hold. */
export function reachable(from: Iterable<AbstractObject>, until = Number.POSITIVE_INFINITY): Set<AbstractObject> {
  const seen = new Set(from);
  for (const { fields } of seen) {
    for (const objects of fields.values()) for (const [held, since] of objects) if (since <= until) seen.add(held);
  }
  return seen;
}

/** Whether an object, or something that it holds, can change. */
export function holdsChangeable(object: AbstractObject): boolean {
  return (
    object.mutable ||
    reachable([object])
      .values()
      .some(({ mutable }) => mutable)
  );
}

/** What of a value can be asked for an attribute: where it may be None besides (`best = None`, and a loop), asking fails. */
export function withoutNone(value: Value): Value {
  const others = [...value].filter(({ type }) => type !== "builtins.NoneType");
  return others.length === 0 || others.length === value.size ? value : new Set(others);
}
