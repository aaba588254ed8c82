import type { CodeCell, Notebook } from "../notebook/model.ts";
import { recordedRuns } from "./cell-run.ts";
import { fingerprintsOf, hasLine, type SavedSource, savedSources } from "./saved-sources.ts";

/** A cell had run, whatever its count says today, when another one put out what is saved. */
export interface EarlierRun {
  readonly before: number;
  readonly after: number;
  readonly message: string;
}

/**
 * What saved warnings and tracebacks tell of cells whose own last run came later: the code of another cell, by its
 * fingerprint or by the line that is quoted, was at work when this cell ran.
 */
export function earlierRuns(notebook: Notebook): readonly EarlierRun[] {
  const runs = recordedRuns(notebook);
  const told = runs.map((run) => ({ ...run, saved: savedSources(run.cell).filter(isForeign) }));
  if (told.every(({ saved }) => saved.length === 0)) return [];
  const byFingerprint = new Map(runs.flatMap(({ cell }) => fingerprintsOf(cell.source).map((print) => [print, cell])));
  const found = new Map<string, EarlierRun>();
  for (const { cell, saved } of told) {
    for (const source of saved) {
      const other = cellOf(source, byFingerprint, runs);
      if (other === undefined || other.index === cell.index) continue;
      found.set(`${other.index} ${cell.index}`, {
        before: other.index,
        after: cell.index,
        message: `the saved ${source.from} of cell ${cell.index} ${source.fingerprint === undefined ? "quotes" : "names"} code of cell ${other.index}${source.count === undefined ? "" : ` as In [${source.count}]`}: that cell had run by then`,
      });
    }
  }
  return [...found.values()];
}

function isForeign({ fingerprint, isCell, quoted }: SavedSource): boolean {
  return fingerprint !== undefined || (!isCell && quoted.length > 0);
}

/** The cell that a source was; absent where none, or more than one, could be. */
function cellOf(
  { fingerprint, quoted }: SavedSource,
  byFingerprint: ReadonlyMap<number, CodeCell>,
  runs: readonly { readonly cell: CodeCell }[],
): CodeCell | undefined {
  if (fingerprint !== undefined) return byFingerprint.get(fingerprint);
  const [line = ""] = quoted;
  // A short line stands in many cells.
  if (line.length < 8) return undefined;
  const having = runs.filter(({ cell }) => hasLine(cell.source, line));
  return having.length === 1 ? having[0]?.cell : undefined;
}
