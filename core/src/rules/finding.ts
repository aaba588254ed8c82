import type { Range } from "../text/position.ts";
import type { Analysis } from "./analysis.ts";

export type Tier = "proof" | "strong" | "hint";
export type Severity = "error" | "warning" | "info";

/** What a rule has to say. */
export interface Finding {
  /** `NB101`. */
  readonly rule: string;
  /** `undefined-name`. */
  readonly name: string;
  /** How sure it is: the saved file contradicts its own source; dataflow and record together; one of them alone. */
  readonly tier: Tier;
  readonly severity: Severity;
  readonly cell: number;
  readonly cellId?: string;
  /** In the cell's source. */
  readonly range: Range;
  /** The name or thing it is about. */
  readonly subject: string;
  /** What, where, why it matters, how to mend it. */
  readonly message: string;
  /** What happens when the notebook is run again, so that running can confirm or refute the finding. */
  readonly predicts?: string;
  readonly evidence: readonly Evidence[];
  readonly fixes: readonly Fix[];
}

export interface Evidence {
  readonly cell: number;
  readonly range?: Range;
  readonly message: string;
}

/** A mend of a notebook. All indices and ranges in it are those of the notebook that the finding is about. */
export interface Fix {
  readonly id: string;
  readonly title: string;
  readonly edits: readonly Edit[];
  /** What becomes of whole cells; done after the edits. */
  readonly cells?: readonly CellEdit[];
  /** Whether what the notebook computes is other than before, so that saved outputs below are not its own any more. */
  readonly changesValues?: boolean;
  /** Something to choose from: `reprise fix` never does it of its own accord. */
  readonly isGuess?: boolean;
}

/** Adds a cell, or puts the code cells in another order; text cells go with the code cell below them. */
export type CellEdit =
  | {
      readonly kind: "insert";
      /** The cell that it comes before; the number of cells for the end. */
      readonly before: number;
      readonly source: string;
      readonly tags?: readonly string[];
    }
  | { readonly kind: "order"; readonly order: readonly number[] };

/** Replaces a piece of a cell's source. */
export interface Edit {
  readonly cell: number;
  readonly range: Range;
  readonly text: string;
}

/** One file a rule; `rules/index.ts` lists them. */
export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  check(analysis: Analysis): Iterable<Finding>;
}
