/** Cells as people list them: `cell 3`, `cells 5 to 8 and 11`. Numbers are indices into the file, from 0; of none it is empty. */
export function cellList(cells: Iterable<number>): string {
  const sorted = [...new Set(cells)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const cell of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === cell - 1) last[1] = cell;
    else runs.push([cell, cell]);
  }
  const parts = runs.flatMap(([first, last]) => {
    if (last - first > 1) return [`${first} to ${last}`];
    return first === last ? [`${first}`] : [`${first}`, `${last}`];
  });
  if (parts.length === 0) return "";
  const text = parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  return sorted.length === 1 ? `cell ${text}` : `cells ${text}`;
}
