import type { Finding, Fix, Problem, Severity } from "@reprise/core";
import type { DrawnGraph, GraphUnit } from "../graph/drawn-graph.ts";

/** A notebook as it stands in the editor. All of this is plain data: it goes to another thread. */
export interface OpenText {
  /** The same for one notebook as long as it is open. */
  readonly key: string;
  /** As messages name it. */
  readonly path: string;
  /** The text of an .ipynb file. */
  readonly text: string;
  /** Where it lies, when that is on a disk. */
  readonly folder?: string;
}

/** Which findings are wanted: what the editor's settings and the project's own say. */
export interface FindingChoice {
  readonly ignore: readonly string[];
  readonly select?: readonly string[];
  readonly severity?: Readonly<Record<string, Severity>>;
  readonly minimum: Severity;
}

/** What the analysis can be asked, and what it answers. */
export interface Questions {
  readonly findings: { readonly asked: FindingChoice; readonly answer: readonly Finding[] };
  /** What mends each of the findings, in their order. */
  readonly fixes: { readonly asked: FindingChoice; readonly answer: readonly (readonly Fix[])[] };
  readonly graph: { readonly asked: GraphUnit; readonly answer: DrawnGraph };
}

export type QuestionKind = keyof Questions;

export interface Question<Kind extends QuestionKind = QuestionKind> {
  readonly kind: Kind;
  readonly notebook: OpenText;
  readonly asked: Questions[Kind]["asked"];
}

/** Host to worker: questions have a number; a closed notebook is forgotten. */
export type ToWorker = { readonly id: number; readonly question: Question } | { readonly closed: string };

/** Worker to host. A problem is what the user is told; anything else that went wrong is a bug, with its stack. */
export type FromWorker = { readonly ids: readonly number[] } & (
  | { readonly answer: Questions[QuestionKind]["answer"] }
  | { readonly problem: Problem }
  | { readonly stack: string }
);
