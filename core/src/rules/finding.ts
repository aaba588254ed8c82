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

export interface Fix {
  readonly id: string;
  readonly title: string;
  readonly edits: readonly Edit[];
}

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
