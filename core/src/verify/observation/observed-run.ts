import type * as nbformat from "@jupyterlab/nbformat";

/** What a global was after a cell. */
export interface Digest {
  /** Equal for equal values; empty where it was not looked at. */
  readonly hash: string;
  /** A part of it cannot be compared: equal hashes then say little. */
  readonly opaque: boolean;
  readonly type: string;
}

/** One run of one cell. */
export interface ObservedStep {
  readonly cell: number;
  readonly outputs: readonly nbformat.IOutput[];
  readonly error?: { readonly name: string; readonly message: string };
  /** The globals of the notebook when the cell had ended. */
  readonly globals: ReadonlyMap<string, Digest>;
}

/** A notebook's cells run in some order in a fresh kernel; a cell that fails does not end it. */
export interface ObservedRun {
  readonly steps: readonly ObservedStep[];
  /** Why it ended before its last cell: the kernel died, or a cell ran too long. */
  readonly ended?: string;
}

/** The first run of a cell; undefined where it did not run. */
export function stepOf({ steps }: ObservedRun, cell: number): ObservedStep | undefined {
  return steps.find((step) => step.cell === cell);
}

/** A global before a cell ran first; absent where it was not bound, or the cell did not run. */
export function valueBefore({ steps }: ObservedRun, cell: number, name: string): Digest | undefined {
  const at = steps.findIndex((step) => step.cell === cell);
  return at < 0 ? undefined : steps[at - 1]?.globals.get(name);
}

export type Sameness = "same" | "other" | "unknown";

/** Whether two values are the same; a value that is not there is another than one that is. */
export function sameValue(one: Digest | undefined, other: Digest | undefined): Sameness {
  if (one === undefined || other === undefined) return one === other ? "same" : "other";
  if (one.hash === "" || other.hash === "") return "unknown";
  if (one.hash !== other.hash) return one.opaque && other.opaque ? "unknown" : "other";
  return one.opaque ? "unknown" : "same";
}
