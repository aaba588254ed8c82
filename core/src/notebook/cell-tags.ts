import type { CodeCell } from "./model.ts";

/** Tags of cells that Jupyter's tools heed, by nbclient's and papermill's names for them. */

/** The cell assigns the notebook's parameters, with their defaults. */
export const parametersTag = "parameters";

/** A run has put the cell behind that one, with the values that it was given. */
export const injectedTag = "injected-parameters";

/** The cell may fail: a run goes on behind it. */
export const mayRaiseTag = "raises-exception";

/** The cell is not run, and keeps its outputs. */
export const notRunTag = "skip-execution";

/** True for a cell that assigns parameters, a run's own among them. */
export function assignsParameters({ tags }: Pick<CodeCell, "tags">): boolean {
  return tags.includes(parametersTag) || tags.includes(injectedTag);
}
