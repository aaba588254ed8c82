import { ProblemError } from "../problem/problem.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { PipelinePlan } from "./plan.ts";
import { planFaults } from "./plan-faults.ts";

/**
 * Refuses a plan that cannot work for this notebook, such as one that a person edited. Throws ProblemError RP120 for
 * what is no plan, RP122 for one that does not fit, with the first thing that is wrong.
 */
export function checkPlan(plan: PipelinePlan, analysis: Analysis): void {
  const place = { file: analysis.notebook.path };
  if (!isPlan(plan)) {
    throw new ProblemError({
      id: "RP120",
      message: "The file holds no plan of the schema reprise.plan/1",
      place,
      mend: "Start from the reprise.json of a converted project, or from convert --dry-run --json.",
    });
  }
  const [first, ...others] = planFaults(plan, analysis);
  if (first === undefined) return;
  const more = others.length === 0 ? "" : ` (and ${others.length} more: ${others.slice(0, 3).join("; ")})`;
  throw new ProblemError({
    id: "RP122",
    message: `The plan does not fit the notebook: ${first}${more}`,
    place,
    mend: "Correct the plan, or make it again from this notebook with convert.",
  });
}

const lists = ["parameters", "stages", "artifacts", "modules", "settings", "imports", "metrics", "leftOut", "notes"];

function isPlan(value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  const plan = value as Record<string, unknown>;
  const isOfSchema = plan.schema === "reprise.plan/1" && typeof plan.package === "string";
  return (
    isOfSchema &&
    lists.every((name) => Array.isArray(plan[name])) &&
    typeof plan.order === "object" &&
    plan.order !== null
  );
}
