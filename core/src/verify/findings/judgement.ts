import type { Notebook } from "../../notebook/model.ts";
import type { Finding } from "../../rules/finding.ts";
import type { NotebookTrials } from "./notebook-trials.ts";

/** What running says of a finding: what it predicts happened, or did not, or the runs do not show it. */
export interface Judgement {
  readonly verdict: "confirmed" | "refuted" | "not-decided";
  readonly why: string;
}

export type Judge = (finding: Finding, trials: NotebookTrials, notebook: Notebook) => Judgement;

/** What was predicted happened. */
export function confirmed(why: string): Judgement {
  return { verdict: "confirmed", why };
}

/** What was predicted did not happen. */
export function refuted(why: string): Judgement {
  return { verdict: "refuted", why };
}

/** The runs do not show whether it is so. */
export function notDecided(why: string): Judgement {
  return { verdict: "not-decided", why };
}
