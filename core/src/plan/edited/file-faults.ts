import type { Dataflow, StatementId } from "../../dataflow/model.ts";
import type { PipelinePlan } from "../plan.ts";
import { filePairs } from "../stages/file-order.ts";
import type { PlanFault } from "./plan-fault.ts";

/**
 * Statements of a plan that would find other files than in the notebook, or take them from one that needs them: each
 * that uses a file runs behind those that used it before.
 */
export function fileFaults(plan: PipelinePlan, dataflow: Dataflow): readonly PlanFault[] {
  const places = new Map<StatementId, Place>();
  let count = 0;
  for (const [stage, { statements }] of plan.stages.entries()) {
    for (const [at, id] of statements.entries()) {
      count++;
      if (!places.has(id)) places.set(id, { stage, at, turn: count });
    }
  }
  return filePairs(dataflow).flatMap(({ from, to }) => {
    const [first, then] = [places.get(from), places.get(to)];
    if (first === undefined || then === undefined || first.turn < then.turn) return [];
    const message = `statement ${to} in stage ${plan.stages[then.stage]?.name} must run after ${from}: they use one file`;
    return [{ path: ["stages", then.stage, "statements", then.at], message }];
  });
}

interface Place {
  readonly stage: number;
  readonly at: number;
  /** When it runs, counted over all stages. */
  readonly turn: number;
}
