import type { Findings } from "./lint.ts";

/** What became of one notebook; plain data, kept as JSON. */
export interface Judged {
  readonly name: string;
  readonly group: string;
  /** Why it does not run by itself, where it does not. */
  readonly fails?: string;
  readonly outcome: "converted" | "diagnosed";
  /** Why there is no pipeline. */
  readonly reasons?: readonly string[];
  /** Stages of the first plan, and of the one that was proven. */
  readonly planned?: readonly string[];
  readonly stages?: readonly string[];
  readonly notes?: readonly string[];
  readonly proof?: string;
  readonly origin?: string;
  readonly refinements?: readonly { readonly why: string; readonly change: string }[];
  /** What the independent comparison found different; empty where it found nothing. */
  readonly different?: readonly string[];
  readonly compared?: number;
  readonly absent?: readonly string[];
  /** What crashed here, a bug of Reprise or of the benchmark. */
  readonly crash?: string;
  readonly convertMilliseconds?: number;
  /** Absent where no index answers. */
  readonly lockMilliseconds?: number;
  readonly notebookSeconds?: number;
  readonly proofSeconds?: number;
  readonly readability?: Readability;
  readonly lint?: Findings;
  readonly peers?: Readonly<Record<string, PeerResult>>;
}

/** What can be counted of how a project reads. */
export interface Readability {
  readonly notebookLines: number;
  /** Of the modules that the notebook's code is in. */
  readonly codeLines: number;
  /** Of all generated Python, tests among it. */
  readonly allLines: number;
  readonly functions: number;
  readonly longFunctions: number;
  /** Names that a stage function binds and that the user did not write. */
  readonly foreignNames: readonly string[];
}

export interface PeerResult {
  /** `uncompared`: it runs, and no value of it is one that several runs of the notebook agree on. */
  readonly outcome: "same" | "different" | "uncompared" | "fails" | "refused";
  readonly detail?: string;
}

/** The notebook and its project part, and the proof did not say so. */
export function divergesInSilence({ proof, different }: Judged): boolean {
  return (proof === "identical" || proof === "equivalent") && (different?.length ?? 0) > 0;
}

export function isProven({ proof }: Judged): boolean {
  return proof === "identical" || proof === "equivalent";
}
