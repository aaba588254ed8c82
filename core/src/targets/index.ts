import type { PipelinePlan } from "../plan/plan.ts";
import { ProblemError } from "../problem/problem.ts";
import type { Project, ProjectFile, Templates } from "../project/project.ts";
import { dvc } from "./dvc.ts";
import { githubActions } from "./github-actions.ts";
import type { Target } from "./target.ts";

/** Every target; a new one is a file, a template and a line here. */
export const targets: readonly Target[] = [dvc, githubActions];

/** Throws ProblemError RP127 for a name that no target has. */
export function checkTargets(names: readonly string[]): void {
  for (const name of names) targetCalled(name);
}

/** A project with the files of the named targets. Throws ProblemError RP127 for a name that no target has. */
export function withTargets(
  project: Project,
  plan: PipelinePlan,
  names: readonly string[],
  templates: Templates,
): Project {
  const files = new Map<string, ProjectFile>(project.files);
  for (const name of names) {
    const target = targetCalled(name);
    for (const [path, text] of target.files({ plan, project, templates })) files.set(path, { text, origins: [] });
  }
  return { ...project, files };
}

function targetCalled(name: string): Target {
  const target = targets.find((each) => each.name === name);
  if (target !== undefined) return target;
  throw new ProblemError({
    id: "RP127",
    message: `There is no target ${name}`,
    mend: `Use one of: ${targets.map((target) => target.name).join(", ")}.`,
  });
}
