/** Pieces of a list whose items have the same key, in order. */
export function runsOf<Item>(items: readonly Item[], key: (item: Item) => string | number): Item[][] {
  const runs: Item[][] = [];
  let last: string | number | undefined;
  for (const item of items) {
    const own = key(item);
    if (runs.length === 0 || own !== last) runs.push([item]);
    else runs.at(-1)?.push(item);
    last = own;
  }
  return runs;
}
