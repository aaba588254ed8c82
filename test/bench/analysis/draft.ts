import type { Draft, DraftCell } from "../programs/draft.ts";

/** What a person does in an open notebook. `forget` clears counts and outputs; a move or add without `before` is to the end. */
export type Step =
  | { readonly run: string }
  | { readonly edit: string; readonly source: string }
  | { readonly delete: string }
  | { readonly move: string; readonly before?: string }
  | { readonly add: DraftCell; readonly before?: string }
  | { readonly forget: true }
  | { readonly restart: true };

/** What must be found where the fault that was planted shows when the notebook runs. */
export interface Expectation {
  /** One of them is enough. */
  readonly rules: readonly string[];
  /** Where, by the cell's id; anywhere where absent. */
  readonly cell?: string;
  /** The name that diverges, for what running can judge. */
  readonly subject?: string;
}

/** A draft with what was done to it. */
export interface Plan {
  readonly operator: string;
  readonly isControl: boolean;
  readonly draft: Draft;
  readonly steps: readonly Step[];
  readonly expected: readonly Expectation[];
  /** JupyterLab records times where it is told to. */
  readonly times: boolean;
}

/** The steps of running some cells, in their order. */
export function runAll(cells: readonly DraftCell[]): Step[] {
  return cells.filter(({ kind }) => kind === "code").map(({ id }) => ({ run: id }));
}
