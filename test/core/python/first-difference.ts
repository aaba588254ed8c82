/** Where two plain values of Python 3.`minor` differ first, with what stands there in ours and in theirs. */
export function firstDifference(ours: unknown, theirs: unknown, minor: number): string | undefined {
  if (Object.is(ours, theirs)) return undefined;
  if (!isObject(ours) || !isObject(theirs)) return `: ${shown(ours)}, not ${shown(theirs)}`;
  for (const key in ours) {
    const found = differenceAt(key, ours, theirs, minor);
    if (found !== undefined) return found;
  }
  for (const key in theirs) {
    if (key in ours) continue;
    const found = differenceAt(key, ours, theirs, minor);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Plain = Readonly<Record<string, unknown>>;

function differenceAt(key: string, ours: Plain, theirs: Plain, minor: number): string | undefined {
  const other = theirs[key];
  // Python 3.8 gives other places to arguments and definitions; up to 3.9 aliases and some others have none.
  if (key === "at" && minor <= 8) return undefined;
  if (key === "at" && minor <= 9 && (other === undefined || other === null)) return undefined;
  const found = firstDifference(ours[key], other, minor);
  return found === undefined ? undefined : `/${key}${found}`;
}

function isObject(value: unknown): value is Plain {
  return typeof value === "object" && value !== null;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 80);
}
