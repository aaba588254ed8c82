/** Neighbours of a node in the rows above and below, by its name. */
export interface RowEdges {
  above(name: string): readonly string[];
  below(name: string): readonly string[];
}

/** More rounds than graphs that people read need; each one only makes lines cross less. */
const mostRounds = 12;

/**
 * Exchanges nodes that stand side by side wherever fewer lines cross then, until no exchange helps: the step that
 * follows the averaging of positions in Gansner, Koutsofios, North and Vo, "A Technique for Drawing Directed Graphs"
 * (1993). In place.
 *
 * @param rows From top to bottom, each from left to right; edges lead from a row to the next.
 */
export function exchangeNeighbours(rows: readonly string[][], edges: RowEdges): void {
  const places = new Map(rows.flatMap((row) => row.map((name, at) => [name, at] as const)));
  const placesOf = (names: readonly string[]) => names.map((name) => places.get(name) ?? 0);
  const gain = (left: string, right: string) =>
    [edges.above, edges.below].reduce((sum, next) => {
      const [of, ofOther] = [placesOf(next(left)), placesOf(next(right))];
      return sum + inverted(of, ofOther) - inverted(ofOther, of);
    }, 0);
  const exchangeIn = (row: string[]): boolean => {
    let isBetter = false;
    for (let at = 1; at < row.length; at += 1) {
      const [left, right] = [row[at - 1] as string, row[at] as string];
      if (gain(left, right) <= 0) continue;
      row.splice(at - 1, 2, right, left);
      places.set(right, at - 1).set(left, at);
      isBetter = true;
    }
    return isBetter;
  };
  for (let round = 0; round < mostRounds; round += 1) {
    if (!rows.map(exchangeIn).includes(true)) return;
  }
}

/** How many lines cross where those of a left node end at the first places, those of a right node at the others. */
function inverted(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, place) => sum + right.filter((other) => other < place).length, 0);
}
