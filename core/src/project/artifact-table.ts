import type { Artifact, PipelinePlan, Stage } from "../plan/plan.ts";

/** The artifact that carries a stage's output; one is made for an output that the plan gives none. */
export function artifactOf(plan: PipelinePlan, stage: string, name: string): Artifact {
  const found = plan.artifacts.find((artifact) => artifact.from === stage && artifact.names.includes(name));
  return found ?? { name, names: [name], format: "auto", from: stage, to: [], types: {} };
}

/** What a stage saves, each once, in the order of its outputs. */
export function artifactsOf(plan: PipelinePlan, stage: Stage): readonly Artifact[] {
  const found = stage.outputs.map((name) => artifactOf(plan, stage.name, name));
  return found.filter((artifact, at) => found.findIndex(({ name }) => name === artifact.name) === at);
}
