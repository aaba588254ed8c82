import { stageOfCell } from "../plan/stage-cells.ts";
import { failurePlace } from "../run/cells/failure-place.ts";
import { compareWithSaved, savedSummary } from "./comparison/compare-saved.ts";
import { compareStages } from "./comparison/compare-stages.ts";
import { judge } from "./comparison/judge.ts";
import { pairedFiles } from "./comparison/paired-files.ts";
import { keepPictures } from "./comparison/pictures.ts";
import { type NotebookStop, stopFacts, stopText } from "./notebook-stop.ts";
import { gapsOf } from "./observation/gaps.ts";
import { beginNotebook, type NotebookRuns, repeatNotebook, runId } from "./sides/notebook-runs.ts";
import { captureProject, type ProjectRun } from "./sides/project-run.ts";
import { traceOrigin } from "./trace-origin.ts";
import type { Verification } from "./verdict.ts";
import type { VerifyRequest } from "./verify-request.ts";

/**
 * Proves a project against its notebook: runs the notebook (twice), then the project stage by stage, each in a fresh
 * process, and compares every value at the end of each stage, and everything that was printed, displayed and drawn.
 * Nothing is added to either. Throws ProblemError only where nothing can be run here; what goes wrong in the notebook or
 * in the project is in the answer.
 */
export async function verifyProject(request: VerifyRequest): Promise<Verification> {
  const notebook = await beginNotebook(request);
  if (notebook.first.stopped) return notComparable(request, notebook, notebook.first.stopped);
  // Where every run has files of its own, the second run and the project do not have to wait for one another.
  const again = () => repeatNotebook(request, notebook);
  const project = () => captureProject(request, notebook);
  const [runs, ran] =
    notebook.source.shared === undefined ? await both(again(), project()) : [await again(), await project()];
  const found = gapsOf(request, runs.first.observed, request.engine.pathInside(runs.first.directory));
  const verification: Verification = {
    ...(await compareSides(request, runs, ran)),
    ...(found.length > 0 && { gaps: found }),
  };
  if (verification.outcome !== "different" || request.traces === false) return verification;
  const statement = await traceOrigin(request, runs, ran, verification);
  return statement && verification.origin
    ? { ...verification, origin: { ...verification.origin, statement } }
    : verification;
}

/** Waits for both, so that nothing goes on in the background, then throws what one of them threw. */
async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return [await one, await other];
}

/** Holds the two sides against one another. */
export async function compareSides(
  request: VerifyRequest,
  runs: NotebookRuns,
  { stages, written }: ProjectRun,
): Promise<Verification> {
  const { script, first, again, ids } = runs;
  request.onProgress?.({ task: "Comparing" });
  const files = pairedFiles(first.written, again?.stopped ? undefined : again?.written, written);
  const compared = await compareStages(request, runs, stages, files.pairs);
  const failed = [...stages.values()].find(({ failure }) => failure)?.failure;
  const place = failed && (await failurePlace(failed.traceback, request.projectFolder, request.plan.package));
  const { verification, pictures } = judge({
    request,
    place,
    script,
    first,
    again,
    stages,
    files,
    compared,
    ids: { notebook: ids, project: [runId()] },
  });
  return { ...verification, outputs: await keepPictures(request.workFolder, verification.outputs, pictures) };
}

function notComparable(
  { notebook, plan, analysis, rtol, atol }: VerifyRequest,
  { ids, first, script }: NotebookRuns,
  stop: NotebookStop,
): Verification {
  const stageOf = (cell: number): string => stageOfCell(plan, cell)?.name ?? "";
  const ran = script.cells.map(({ cell }) => cell);
  // Where a cell ends before what failed in it, that is not to come again.
  const cut = new Set(script.cells.flatMap(({ cell, isCut }) => (isCut ? [cell] : [])));
  const outputs = compareWithSaved(notebook, first.outputs, stageOf).filter(
    ({ cell, kind, verdict }) => !(cut.has(cell) && kind === "error" && verdict === "missing"),
  );
  const whole = ran.filter((cell) => !cut.has(cell));
  const summary = savedSummary(notebook, whole, outputs);
  return {
    outcome: "not-comparable",
    values: [],
    outputs,
    nondeterministic: [],
    runs: { notebook: ids, project: [] },
    tolerance: { rtol, atol },
    reason: `The notebook does not run: ${stopText(stop, notebook, ran, analysis)} ${summary}`,
    stop: stopFacts(stop, notebook, ran),
  };
}
