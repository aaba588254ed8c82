/** Tags of cells that Jupyter's tools heed, by nbclient's names for them. */

/** The cell may fail: a run goes on behind it. */
export const mayRaiseTag = "raises-exception";

/** The cell is not run, and keeps its outputs. */
export const notRunTag = "skip-execution";
