/** The last of ascending positions that is not after `until`. */
export function lastOf(positions: readonly number[], until: number): number {
  const last = positions.at(-1) ?? -1;
  if (last <= until) return last;
  let [low, high] = [0, positions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] as number) <= until) low = middle + 1;
    else high = middle;
  }
  return positions[low - 1] ?? -1;
}
