import type { PipelinePlan } from "../plan/plan.ts";
import type { Project, Templates } from "../project/project.ts";

/** A way to schedule the pipeline. It only describes the graph, and calls `python -m <package> <stage>`. */
export interface Target {
  /** As `--target` names it: `dvc`, `github-actions`. */
  readonly name: string;
  readonly title: string;
  /** The files it adds to the project, by path below the project's folder. */
  files(input: TargetInput): ReadonlyMap<string, string>;
}

export interface TargetInput {
  readonly plan: PipelinePlan;
  /** The stages with their needs, parameters, metrics and files. */
  readonly project: Project;
  readonly templates: Templates;
}
