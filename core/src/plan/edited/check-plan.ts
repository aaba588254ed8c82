import { ProblemError, type ProblemPlace } from "../../problem/problem.ts";
import type { Analysis } from "../../rules/analysis.ts";
import type { PipelinePlan } from "../plan.ts";
import { nearestPlan } from "./nearest-plan.ts";
import type { PlanFault, PlanPath } from "./plan-fault.ts";
import { planFaults } from "./plan-faults.ts";

/** Where a part of a plan stands in the file that it was read from. */
export type PlaceOfPlan = (path: PlanPath) => ProblemPlace;

/** Why a plan is refused, and the plan nearest to it that can be. */
export interface RefusedPlan {
  readonly problem: ProblemError;
  readonly nearest: PipelinePlan | undefined;
}

/**
 * What is wrong with a plan for this notebook, such as one that a person edited: RP122 with every fault and its place,
 * and what would have to change. Undefined for a plan that can be.
 */
export function refusalOf(plan: PipelinePlan, analysis: Analysis, placeOf: PlaceOfPlan): RefusedPlan | undefined {
  const { plan: nearest, changes, reasons } = nearestPlan(plan, analysis);
  const found = planFaults(plan, analysis);
  const impossible = reasons.map((message): PlanFault => ({ message: withoutPoint(message), path: ["stages"] }));
  const [first, ...others] = found.length > 0 ? [...found, ...impossible] : impossible;
  if (first === undefined) return undefined;
  const offer =
    nearest === undefined
      ? ""
      : ` The nearest plan that can be: ${changes.join("; ") || "what crosses the stages is made anew"}. Write it with --plan-out FILE.`;
  const problem = new ProblemError({
    id: "RP122",
    message: `The plan does not fit the notebook: ${first.message}${moreOf(others, placeOf)}`,
    place: placeOf(first.path),
    mend: `Correct it there.${offer}`,
  });
  return { problem, nearest };
}

function withoutPoint(sentence: string): string {
  return sentence.replace(/\.$/, "");
}

function moreOf(others: readonly PlanFault[], placeOf: PlaceOfPlan): string {
  if (others.length === 0) return "";
  const shown = others.slice(0, 5).map(({ message, path }) => {
    const { line } = placeOf(path);
    return line === undefined ? message : `line ${line}: ${message}`;
  });
  return ` (and ${others.length} more: ${shown.join("; ")}${others.length > shown.length ? "; ..." : ""})`;
}
