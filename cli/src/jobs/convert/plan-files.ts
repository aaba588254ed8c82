import { readFile } from "node:fs/promises";
import {
  type Analysis,
  followPlan,
  type PipelinePlan,
  type PlanFile,
  ProblemError,
  readPlanFile,
  statementPrints,
} from "@reprise/core";
import { shownPath } from "../../input.ts";
import { writeOutput } from "../../output.ts";

/** Reads a plan that a person wrote or edited. Throws ProblemError RP144 for no file, RP120 for no plan. */
export async function openPlan(file: string): Promise<PlanFile> {
  const shown = shownPath(file);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new ProblemError({
      id: "RP144",
      message: `The plan ${shown} cannot be read`,
      place: { file: shown },
      mend: "Name a plan of --plan-out, or the reprise.json of a project.",
      cause: error instanceof Error ? error.message : String(error),
    });
  }
  return readPlanFile(text, shown);
}

/** A plan as a file that `--plan` takes: with what each statement is. */
export async function writePlan(file: string, plan: PipelinePlan, analysis: Analysis): Promise<void> {
  await writeOutput(file, `${JSON.stringify({ ...plan, statements: statementPrints(analysis) }, null, 2)}\n`);
}

/**
 * Throws ProblemError RP122 for a plan that cannot be; the nearest that can is written to `nearestFile` before, where
 * that is named.
 */
export async function checkPlan(file: PlanFile, analysis: Analysis, nearestFile: string | undefined): Promise<void> {
  const followed = followPlan(file, analysis);
  if (!("problem" in followed)) return;
  const { problem, nearest } = followed;
  if (nearestFile === undefined || nearest === undefined) throw problem;
  await writePlan(nearestFile, nearest, analysis);
  const written = `It was written to ${shownPath(nearestFile)}.`;
  throw new ProblemError({
    ...problem.problem,
    mend: problem.problem.mend.replace("Write it with --plan-out FILE.", written),
  });
}
