import { assignsParameters, injectedTag, parametersTag } from "../../notebook/cell-tags.ts";
import type { Bench } from "../bench.ts";
import type { Facts } from "../facts.ts";

/** True for a statement of a cell that assigns parameters. */
export function isInParametersCell({ cells }: Bench, { statement }: Facts): boolean {
  const cell = cells.get(statement.cell)?.cell;
  return cell !== undefined && assignsParameters(cell);
}

/**
 * Assignments in the `parameters` cell of names that a run was given other values for (papermill writes these into a cell
 * behind it): what the notebook computed is that of the given ones.
 */
export function overtakenDefaults({ cells, facts }: Bench): readonly Facts[] {
  const tagged = (tag: string) => facts.filter(({ statement }) => cells.get(statement.cell)?.cell.tags.includes(tag));
  const given = new Set(tagged(injectedTag).flatMap(({ binds }) => [...binds.keys()]));
  if (given.size === 0) return [];
  return tagged(parametersTag).filter(
    ({ binds, reads, changes }) =>
      binds.size > 0 && reads.size + changes.size === 0 && [...binds.keys()].every((name) => given.has(name)),
  );
}
