import type { Analysis } from "../../rules/analysis.ts";
import type { Artifact, PipelinePlan } from "../plan.ts";
import type { NearestPlan } from "./nearest-plan.ts";
import { planFaults } from "./plan-faults.ts";

/**
 * A plan in which only what follows from its stages is wrong (what they are given and hand on, the files between them, the
 * streams that cross), with that made anew. Undefined where its stages themselves cannot be.
 */
export function withCrossings(
  plan: PipelinePlan,
  { plan: nearest, changes, reasons }: NearestPlan,
  analysis: Analysis,
): PipelinePlan | undefined {
  if (nearest === undefined || changes.length > 0 || reasons.length > 0) return undefined;
  if (nearest.stages.length !== plan.stages.length) return undefined;
  const stages = [];
  for (const [index, stage] of plan.stages.entries()) {
    const made = nearest.stages[index];
    if (made?.name !== stage.name || made.statements.join() !== stage.statements.join()) return undefined;
    const { after: _, ...own } = stage;
    const { inputs, outputs, isReport, after } = made;
    stages.push({ ...own, inputs, outputs, isReport, ...(after === undefined ? {} : { after }) });
  }
  const artifacts = nearest.artifacts.map((artifact) => ({ ...artifact, format: formatOf(artifact, plan) }));
  const mended = { ...plan, stages, artifacts, seeding: { ...nearest.seeding, default: plan.seeding.default } };
  return planFaults(mended, analysis).length === 0 ? mended : undefined;
}

/** As a person may have asked for it. */
function formatOf({ names, from, format }: Artifact, { artifacts }: PipelinePlan): Artifact["format"] {
  return artifacts.find((each) => each.from === from && each.names.join() === names.join())?.format ?? format;
}
