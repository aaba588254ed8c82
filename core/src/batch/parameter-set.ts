import { type ParameterValue, plainValue } from "../run/parameters/parameter-value.ts";

/** The parameters of one run of a batch, by name. */
export type ParameterSet = Readonly<Record<string, ParameterValue>>;

/** Text that is equal for equal sets, whatever the order of their names. */
export function keyOfSet(set: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(sorted(set));
}

/** As it stands in records: see `plainValue`. */
export function plainSet(set: ReadonlyMap<string, ParameterValue>): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...set].map(([name, value]) => [name, plainValue(value)]));
}

/** Whether every name of `part` has the same value in `set`. */
export function contains(set: ParameterSet, part: ParameterSet): boolean {
  return Object.entries(part).every(
    ([name, value]) => Object.hasOwn(set, name) && keyOfSet({ value: set[name] }) === keyOfSet({ value }),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return typeof value === "bigint" ? String(value) : value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return Object.fromEntries(entries.map(([name, item]) => [name, sorted(item)]));
}
