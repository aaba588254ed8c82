import type * as nbformat from "@jupyterlab/nbformat";
import type { CellRun, MetricPoint } from "../record/record.ts";

/** What a run had done when it was cut off. */
export interface RecoveredRun {
  /** The notebook as it stood then. */
  readonly content: nbformat.INotebookContent;
  /** The cells that had ended, by their index in the input. */
  readonly cells: ReadonlyMap<number, RecoveredCell>;
  readonly metrics: readonly MetricPoint[];
}

export interface RecoveredCell extends CellRun {
  readonly content: nbformat.ICell;
}
