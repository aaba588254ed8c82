import { holdsByOrder } from "../text/order-operator.ts";

/** Versions of libraries by import name: `{ pandas: "2.2.3" }`. */
export type LibraryVersions = Readonly<Record<string, string>>;

/**
 * Whether a version is in a range such as `<3`, `>=1.2,<2`. Compares release numbers only, as far as PEP 440 writes
 * them; pre-releases count as their release.
 */
export function versionInRange(version: string, range: string): boolean {
  return range.split(",").every((part) => {
    const [, sign, bound] = /^\s*(<=|>=|==|!=|<|>)\s*([\d.]+)\s*$/.exec(part) ?? [];
    if (sign === undefined || bound === undefined) throw new RangeError(`not a version range: ${range}`);
    return holdsByOrder(sign, compareReleases(version, bound)) === true;
  });
}

function compareReleases(left: string, right: string): number {
  const [a, b] = [left, right].map((text) => (/^\d+(\.\d+)*/.exec(text)?.[0] ?? "0").split(".").map(Number)) as [
    number[],
    number[],
  ];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
