import { type Analysis, cellOf, ProblemError, sliceFor } from "@reprise/core";
import { cellsNeeded } from "@reprise/core/node";

/** Which part of a notebook is asked for. */
export interface CellChoice {
  readonly from?: number;
  readonly to?: number;
  readonly only?: readonly string[];
}

/**
 * The cells that a run of a part of the notebook needs: those that are asked for and, before them, what they need.
 * `undefined` for all. Throws ProblemError RP141 for a name or a cell that is not there.
 */
export function chosenCells({ document }: Analysis, choice: CellChoice): ReadonlySet<number> | undefined {
  const { from, to, only } = choice;
  if (from === undefined && to === undefined && only === undefined) return undefined;
  for (const [option, cell] of [
    ["from", from],
    ["to", to],
  ] as const) {
    if (cell === undefined || document.order.includes(cell)) continue;
    throw new ProblemError({
      id: "RP141",
      message: `--${option} ${cell}: the notebook has no code cell with this index`,
      mend: "Cells are counted from 0, text cells too; `reprise graph NOTEBOOK` shows them.",
    });
  }
  const [first, last] = [from ?? 0, to ?? Number.POSITIVE_INFINITY];
  const isBetween = (cell: number): boolean => cell >= first && cell <= last;
  const wanted = only === undefined ? document.order.filter(isBetween) : only.flatMap((name) => cellsOf(name));
  return cellsNeeded(document, wanted);

  function cellsOf(name: string): readonly number[] {
    const cells = sliceFor(document, name).map(cellOf);
    if (cells.length > 0) return cells;
    throw new ProblemError({
      id: "RP141",
      message: `--only ${name}: nothing in the notebook binds this name`,
      mend: "Name a variable of the notebook, as it stands in its code.",
    });
  }
}
