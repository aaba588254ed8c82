import { structuredPatch } from "diff";
import type { Notebook } from "../notebook/model.ts";
import { withoutTokens } from "../rules/files/token-formats.ts";

/** What became of one cell. */
export interface CellDiff {
  readonly kind: "changed" | "added" | "removed" | "moved";
  /** In the notebook before; absent for one that was added. */
  readonly before?: number;
  /** In the notebook after; absent for one that was removed. */
  readonly after?: number;
  /** Lines with the mark of a unified diff before them: blank, `+`, `-`, or `@@ ... @@` for the head of a piece. */
  readonly lines: readonly string[];
}

/**
 * The differences of two notebooks, cell by cell as they stand after. `origins` gives for each cell after the one that it
 * was before. Cells that moved against their neighbours are told without lines. Secrets are shown as dots.
 */
export function notebookDiff(
  before: Notebook,
  after: Notebook,
  origins: readonly (number | undefined)[],
): readonly CellDiff[] {
  const moved = movedCells(origins);
  const diffs: CellDiff[] = after.cells.flatMap((cell): CellDiff[] => {
    const origin = origins[cell.index];
    const old = origin === undefined ? undefined : before.cells[origin];
    if (old === undefined) return [{ kind: "added", after: cell.index, lines: patchLines("", cell.source) }];
    const place = { before: old.index, after: cell.index };
    if (old.source !== cell.source) return [{ kind: "changed", ...place, lines: patchLines(old.source, cell.source) }];
    return moved.has(old.index) ? [{ kind: "moved", ...place, lines: [] }] : [];
  });
  const kept = new Set(origins);
  for (const { index, source } of before.cells) {
    if (!kept.has(index)) diffs.push({ kind: "removed", before: index, lines: patchLines(source, "") });
  }
  return diffs;
}

function patchLines(one: string, other: string): readonly string[] {
  const [before, after] = [one, other].map((text) => (text === "" || text.endsWith("\n") ? text : `${text}\n`)) as [
    string,
    string,
  ];
  return structuredPatch("", "", before, after, undefined, undefined, { context: 2 }).hunks.flatMap((hunk) => [
    `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    ...hunk.lines.map(withoutTokens),
  ]);
}

/** The fewest cells that have to move for the others to keep their sequence: all but a longest rising run of origins. */
function movedCells(origins: readonly (number | undefined)[]): ReadonlySet<number> {
  const sequence = origins.filter((origin) => origin !== undefined);
  const ends: number[] = [];
  const previous = new Map<number, number | undefined>();
  for (const origin of sequence) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] as number) < origin) low = middle + 1;
      else high = middle;
    }
    previous.set(origin, ends[low - 1]);
    ends[low] = origin;
  }
  const staying = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = previous.get(at)) staying.add(at);
  return new Set(sequence.filter((origin) => !staying.has(origin)));
}
