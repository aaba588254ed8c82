import type { PipelinePlan } from "../plan/plan.ts";
import type { Templates } from "../project/project.ts";

/** A way to schedule the pipeline. It only describes the graph, and calls `python -m <package> <stage>`. */
export interface Target {
  /** As `--target` names it: `dvc`, `github-actions`. */
  readonly name: string;
  readonly title: string;
  /** The files it adds to the project, by path below the project's folder. */
  files(plan: PipelinePlan, templates: Templates): ReadonlyMap<string, string>;
}
