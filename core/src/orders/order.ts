/** What tells of an order, or of one step in it. */
export interface OrderEvidence {
  /** The cell that it is about; absent where it is about the order as a whole. */
  readonly cell?: number;
  readonly message: string;
}

/**
 * - `document`: from top to bottom
 * - `recorded`: as the counts and times of the last runs have it, one kernel session after the other
 * - `sessions`: the same sessions the other way round: a later one may have run again what the earlier one began with
 * - `session`: one session alone
 * - `counts`: by the counts alone, as if there had been one session
 * - `repaired`: one of the others, with cells moved before those that need them
 * - `repeated`: as recorded, with runs in it that were written over when the same cell ran again
 */
export type OrderKind = "document" | "recorded" | "sessions" | "session" | "counts" | "repaired" | "repeated";

/** A name that a cell surely reads before anything in the order has bound it. */
export interface UnboundName {
  readonly cell: number;
  readonly name: string;
}

/** A sequence in which the code cells may have run, or may be run. */
export interface Order {
  readonly kind: OrderKind;
  /** For people: `the order of the document`. */
  readonly title: string;
  /** Indices of code cells, each at most once: where it runs last. */
  readonly cells: readonly number[];
  /** Every run, where cells run more than once; absent where each runs once. */
  readonly runs?: readonly number[];
  /** Code cells that are not part of it. */
  readonly leftOut: readonly number[];
  readonly evidence: readonly OrderEvidence[];
  /** A run in this order stops at the first of them. */
  readonly unbound: readonly UnboundName[];
  /** How many pairs of cells of one session stand the other way round in it than they ran. */
  readonly inversions: number;
}
