import type { Notebook } from "../../notebook/model.ts";
import type { Order } from "../../orders/order.ts";
import { compareWithSaved } from "../comparison/compare-saved.ts";
import type { ObservedRun } from "../observation/observed-run.ts";

/** How much of what is saved a run in some order gives again. */
export interface OrderScore {
  /** Saved outputs that came again. */
  readonly reproduced: number;
  /** Saved outputs that can be compared: texts, results and errors; no pictures, no warnings. */
  readonly comparable: number;
  /** Cells that raised and whose saved run did not. */
  readonly failed: number;
}

export interface ScoredOrder extends Order {
  readonly score: OrderScore;
}

/** Orders with their scores, the one that gives most of the saved outputs again first; of equals, the one given first. */
export function scoreOrders(
  notebook: Notebook,
  orders: readonly Order[],
  runs: readonly ObservedRun[],
): readonly ScoredOrder[] {
  return orders
    .map((order, at) => ({ ...order, score: scoreOf(notebook, runs[at] as ObservedRun) }))
    .sort((one, other) => other.score.reproduced - one.score.reproduced || one.score.failed - other.score.failed);
}

/** What a run gives of the saved outputs; a cell that it leaves out gives none of its own. */
export function scoreOf(notebook: Notebook, { steps }: ObservedRun): OrderScore {
  const outputs = new Map(steps.map((step) => [step.cell, step.outputs]));
  const code = notebook.cells.filter((cell) => cell.kind === "code");
  const all = new Map(code.map(({ index }) => [index, outputs.get(index) ?? []]));
  const verdicts = compareWithSaved(notebook, all, () => "");
  const compared = verdicts.filter(({ verdict }) => verdict !== "opaque" && verdict !== "new");
  const savedErrors = new Set(
    code.filter((cell) => cell.outputs.some(({ output_type: type }) => type === "error")).map(({ index }) => index),
  );
  return {
    reproduced: compared.filter(({ verdict }) => verdict === "identical").length,
    comparable: compared.length,
    failed: steps.filter(({ cell, error }) => error !== undefined && !savedErrors.has(cell)).length,
  };
}
