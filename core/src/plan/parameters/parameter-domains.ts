import { type Domain, domainOf, type Interval } from "../../effects/domain.ts";
import type { LibraryVersions } from "../../effects/version-range.ts";
import type { Parameter } from "../plan.ts";
import type { Meaning } from "./meanings.ts";

/** What a parameter may be, from what the arguments that it is given for may be. */
export type Allowed = Pick<Parameter, "type" | "bounds" | "choices" | "optional">;

/**
 * What every one of a parameter's meanings allows. Nothing is claimed of what no table knows, and nothing that the
 * notebook's own value breaks: its library is another version then. `isWhole`: no other use is made of it than these.
 */
export function allowedBy(
  { type, default: value }: Pick<Parameter, "type" | "default">,
  meanings: readonly Meaning[],
  isWhole: boolean,
  versions: LibraryVersions = {},
): Allowed {
  const domains = meanings.flatMap(({ call: { callee = "" }, argument }) => {
    const domain = domainOf(callee, argument, versions[callee.split(".", 1)[0] as string]);
    return domain === undefined ? [] : [domain];
  });
  const all = isWhole && domains.length > 0 && domains.length === meanings.length;
  if (type === "str") {
    const choices = commonChoices(domains);
    if (choices === undefined || !choices.includes(String(value))) return { type };
    const numbers = narrowest(domains.map((domain) => domain.number ?? domain.float ?? domain.int));
    const mayBeNumber = domains.some(({ number, float, int }) => (number ?? float ?? int) !== undefined);
    // What takes a word or a number, and not the same of every number, is not held to either.
    const isClear = domains.every(({ int, float }) => int === undefined || float === undefined);
    if (!mayBeNumber) return { type, choices };
    return isClear && all && domains.every(({ number }) => number !== undefined)
      ? { type, choices, bounds: numbers ?? {} }
      : { type };
  }
  if ((type !== "int" && type !== "float") || typeof value !== "number") return { type };
  const isAnyNumber = type === "int" && all && domains.every(({ number }) => number !== undefined);
  const isSeed = meanings.some(({ kind }) => kind === "seed");
  // Where generators end (2^32 - 1) helps nobody who chooses a seed, and one that is none is no seed.
  const bounds = isSeed ? undefined : narrowest(domains.map((domain) => intervalFor(domain, type)));
  const mayBeNone = all && !isSeed && domains.every(({ none }) => none === true);
  const optional = mayBeNone ? { optional: true } : {};
  const wider: Allowed = { type: isAnyNumber ? "number" : type, ...optional };
  return bounds === undefined || !isWithin(value, bounds) ? wider : { ...wider, bounds };
}

function intervalFor(domain: Domain, type: "int" | "float"): Interval | undefined {
  return (type === "int" ? domain.int : domain.float) ?? domain.number;
}

/** What lies in all of some intervals; `undefined` where that is every number. */
function narrowest(intervals: readonly (Interval | undefined)[]): Interval | undefined {
  const given = intervals.filter((interval) => interval !== undefined);
  const low = Math.max(...given.map(({ minimum, exclusiveMinimum }) => minimum ?? exclusiveMinimum ?? -Infinity));
  const high = Math.min(...given.map(({ maximum, exclusiveMaximum }) => maximum ?? exclusiveMaximum ?? Infinity));
  if (!Number.isFinite(low) && !Number.isFinite(high)) return undefined;
  const isOpenBelow = given.some(({ exclusiveMinimum }) => exclusiveMinimum === low);
  const isOpenAbove = given.some(({ exclusiveMaximum }) => exclusiveMaximum === high);
  return {
    ...(Number.isFinite(low) ? { [isOpenBelow ? "exclusiveMinimum" : "minimum"]: low } : {}),
    ...(Number.isFinite(high) ? { [isOpenAbove ? "exclusiveMaximum" : "maximum"]: high } : {}),
  };
}

/** Whether a number lies in an interval. */
export function isWithin(value: number, bounds: Interval): boolean {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = bounds;
  return (
    value >= (minimum ?? -Infinity) &&
    value <= (maximum ?? Infinity) &&
    value > (exclusiveMinimum ?? -Infinity) &&
    value < (exclusiveMaximum ?? Infinity)
  );
}

/** What all functions take that take only certain words. */
function commonChoices(domains: readonly Domain[]): readonly string[] | undefined {
  const [first, ...others] = domains.flatMap(({ choices }) => (choices === undefined ? [] : [choices]));
  return first?.filter((choice) => others.every((choices) => choices.includes(choice)));
}
