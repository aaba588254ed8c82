import type { VersionLimit } from "../environment/needs/version-limits.ts";
import type { Gap } from "./observation/gaps.ts";

/** What comparing a notebook with its project found: what `reprise verify --json` answers. */
export interface Verification {
  readonly outcome: "identical" | "equivalent" | "different" | "not-comparable" | "failed";
  readonly values: readonly ValueVerdict[];
  readonly outputs: readonly OutputVerdict[];
  readonly nondeterministic: readonly Nondeterminism[];
  readonly runs: { readonly notebook: readonly string[]; readonly project: readonly string[] };
  /** Where the two part first, if they do. */
  readonly origin?: Origin;
  readonly tolerance: { readonly rtol: number; readonly atol: number };
  /** The stage that did not come to its end. */
  readonly failed?: { readonly stage: string; readonly message: string };
  /** What the notebook's run showed and the plan is wrong about, where that was looked for. */
  readonly gaps?: readonly Gap[];
  /** Why nothing could be compared, or what failed. */
  readonly reason?: string;
  /** Where the notebook itself does not run. */
  readonly stop?: StopFacts;
}

/** What is known of a stop of the notebook's own run. */
export interface StopFacts {
  readonly cell: number;
  /** How many cells came to their end before. */
  readonly ran: number;
  /** The error is one of those with which code meets another version of a library than it was written for. */
  readonly mayBeVersions: boolean;
  /** The library that is too new for the notebook, where that is certain. */
  readonly tooNew?: VersionLimit;
}

/** The first stage where the two part, and in it the earliest value. */
export interface Origin {
  readonly stage: string;
  readonly cell: number;
  readonly name: string;
  readonly message: string;
  /** The statement where it begins, where one was found. */
  readonly statement?: OriginStatement;
}

/** The statement after which the two runs hold different values for the first time, with both values. */
export interface OriginStatement {
  readonly cell: number;
  /** The line of the cell. */
  readonly line: number;
  /** The first line of the statement's code. */
  readonly code: string;
  /** The value that parts. */
  readonly name: string;
  /** Both values, and where in the value they part. */
  readonly message: string;
  /** The same statement in the project. */
  readonly file: string;
  readonly fileLine: number;
}

export type VerdictKind = "identical" | "equivalent" | "different" | "missing" | "new" | "opaque";

export interface ValueVerdict {
  readonly name: string;
  readonly stage: string;
  readonly cell: number;
  readonly verdict: VerdictKind;
  readonly type: string;
  /** It crosses a stage (otherwise it is a variable that both compute). */
  readonly crosses: boolean;
  /** What differs, with both values: `column "fare": 3 of 712 rows differ, first at row 5: 7.25 and 7.3`. */
  readonly detail: string;
  readonly maxAbs?: number;
  readonly maxRel?: number;
}

export interface OutputVerdict {
  readonly cell: number;
  readonly stage: string;
  readonly kind: "stream" | "display" | "figure" | "error" | "file" | "metric";
  /** Of a file: its path, relative to the notebook's folder; of a metric: its name. */
  readonly path?: string;
  /** The number of its pictures, where it is not the same on both sides: see `readPictures`. */
  readonly picture?: number;
  readonly verdict: VerdictKind;
  readonly detail: string;
}

export interface Nondeterminism {
  readonly name: string;
  readonly cell: number;
  readonly why: string;
}
