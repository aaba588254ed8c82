import { cellOf } from "../../dataflow/statement-id.ts";
import type { Bench } from "../bench.ts";

/**
 * For a cell, the first of those that draw on one figure with it. Each cell stands alone where figures are closed with
 * their cells, as they are in notebooks unless another backend is chosen.
 */
export function cellsByFigure({ dataflow: { edges } }: Bench): (cell: number) => number {
  const before = new Map<number, number>();
  const first = (cell: number) => {
    let found = cell;
    for (let next = before.get(found); next !== undefined; next = before.get(found)) found = next;
    return found;
  };
  for (const { from, to, kind, name } of edges) {
    const [one, other] = [first(cellOf(from)), first(cellOf(to))];
    if (kind === "state" && name === "figure" && one !== other) before.set(other, one);
  }
  return first;
}
