/**
 * Compares versions by their release numbers (`1.10` is newer than `1.9`; `1.0` equals `1.0.0`). Pre-releases and local
 * parts (`+cpu`) are left out of the comparison: it orders what indexes and tools publish, it does not resolve.
 */
export function compareVersions(left: string, right: string): number {
  const a = releaseOf(left);
  const b = releaseOf(right);
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

function releaseOf(version: string): readonly number[] {
  return /^\s*v?(?:\d+!)?(\d+(?:\.\d+)*)/.exec(version)?.[1]?.split(".").map(Number) ?? [];
}

/** `3.11` of `3.11.7`. Undefined for what does not begin with two numbers. */
export function minorVersion(version: string): string | undefined {
  return /^\d+\.\d+/.exec(version)?.[0];
}
