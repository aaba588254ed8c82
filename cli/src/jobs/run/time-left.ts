import { existsSync } from "node:fs";
import { join } from "node:path";
import { openRunStore, storeFolder } from "@reprise/core/node";

/** How long each cell of a notebook took when it was last run to its end, in seconds; empty where it never was. */
export async function earlierSeconds(code: string): Promise<ReadonlyMap<number, number>> {
  // Looking for runs makes no store.
  if (!existsSync(join(storeFolder(), "runs"))) return new Map();
  const store = await openRunStore(storeFolder());
  try {
    const [last] = await store.list({ code, status: "succeeded", limit: 1 });
    const { cells } = last === undefined ? { cells: [] } : await store.show(last.id);
    return new Map(cells.flatMap(({ cell, seconds }) => (seconds === undefined ? [] : [[cell, seconds] as const])));
  } finally {
    store.close();
  }
}

/** How long a run takes from a cell on, if it takes as long as the earlier one: `about 3 min left`. */
export function timeLeft(earlier: ReadonlyMap<number, number>, from: number): string | undefined {
  let seconds = 0;
  for (const [cell, took] of earlier) if (cell >= from) seconds += took;
  if (seconds < 2) return undefined;
  if (seconds < 90) return `about ${Math.round(seconds)} s left`;
  return seconds < 5400 ? `about ${Math.round(seconds / 60)} min left` : `about ${(seconds / 3600).toFixed(1)} h left`;
}
