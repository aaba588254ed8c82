import type { FilePositions, Finding, Notebook, Order, Range, SuppressedFinding } from "@reprise/core";
import type { Judgement, ScoredOrder } from "@reprise/core/node";

/** What is said of one notebook: an entry of `notebooks` in `reprise.analyze/1`. */
export interface NotebookReport {
  readonly path: string;
  readonly language: string;
  readonly codeCells: number;
  readonly milliseconds: number;
  readonly findings: readonly FoundInFile[];
  readonly suppressed: number;
  /** Those in which the cells may have run, the best first; where they were asked for. */
  readonly orders?: readonly (Order | ScoredOrder)[];
}

/** A finding, and where it stands in the notebook's file. */
export interface FoundInFile extends Finding {
  readonly file: Range;
  /** What running said of it, where that was asked for. */
  readonly verification?: Judgement;
}

/** A notebook with what was found in it, for those who show it. */
export interface Analysed {
  readonly notebook: Notebook;
  readonly report: NotebookReport;
  readonly suppressed: readonly SuppressedFinding[];
  readonly positions: FilePositions;
}
