/** Where two plain values of Python 3.`minor` differ first, with what stands there in ours and in theirs. */
export function firstDifference(ours: unknown, theirs: unknown, minor: number, at = ""): string | undefined {
  if (Object.is(ours, theirs)) return undefined;
  const areObjects = typeof ours === "object" && typeof theirs === "object" && ours !== null && theirs !== null;
  if (!areObjects) return `${at}: ${shown(ours)}, not ${shown(theirs)}`;
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const one = (ours as Record<string, unknown>)[key];
    const other = (theirs as Record<string, unknown>)[key];
    // Python 3.8 gives other places to arguments and definitions; up to 3.9 aliases and some others have none.
    if (key === "at" && minor <= 8) continue;
    if (key === "at" && minor <= 9 && (other === undefined || other === null)) continue;
    const found = firstDifference(one, other, minor, `${at}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 80);
}
