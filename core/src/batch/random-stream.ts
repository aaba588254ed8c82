/**
 * Numbers from 0 to below 1 that are equal for equal seeds, on every machine: `mulberry32` (T. Ettinger, public domain).
 * Good enough to spread points over a space; not for secrets.
 */
export function randomStream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` of the items, in their own order, each as likely as another. All of them where there are not more. */
export function drawSome<T>(items: readonly T[], count: number, seed: number): T[] {
  const random = randomStream(seed);
  const chosen: T[] = [];
  let needed = Math.min(count, items.length);
  for (const [index, item] of items.entries()) {
    if (random() * (items.length - index) >= needed) continue;
    chosen.push(item);
    needed--;
  }
  return chosen;
}
