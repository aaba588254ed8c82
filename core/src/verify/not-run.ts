import type { Notebook } from "../notebook/model.ts";
import type { PipelinePlan } from "../plan/plan.ts";
import { stageOfCell } from "../plan/stage-cells.ts";
import { ProblemError } from "../problem/problem.ts";
import { savedOutputs } from "./comparison/compare-saved.ts";
import type { Verification } from "./verdict.ts";

/** Ids of what is missing on a machine where neither side can be run: environments, kernels and engines. */
const missingHere = /^RP3[0-3]\d$/;

/** Whether an error says that nothing can be run here, which is no fault of the notebook's or the project's. */
export function cannotRunHere(error: unknown): error is ProblemError {
  return error instanceof ProblemError && error.exitCode === 3 && missingHere.test(error.problem.id);
}

/**
 * What a proof says where nothing can be run: which outputs the file holds, that none of them could be compared, and why.
 * `plan` is absent where not even a project is there.
 */
export function notRun(
  notebook: Notebook,
  { problem }: ProblemError,
  { plan, rtol, atol }: { readonly plan?: PipelinePlan | undefined; readonly rtol: number; readonly atol: number },
): Verification {
  const stageOf = (cell: number): string => (plan && stageOfCell(plan, cell)?.name) ?? "";
  const outputs = savedOutputs(notebook, stageOf);
  const cells = [...new Set(outputs.map(({ cell }) => cell))];
  const saved =
    outputs.length === 0
      ? "The file holds no saved output that a run could be held against."
      : `The file holds ${outputs.length} saved output${outputs.length === 1 ? "" : "s"} (cell${cells.length === 1 ? "" : "s"} ${cells.join(", ")}): none could be compared.`;
  return {
    outcome: "not-comparable",
    values: [],
    outputs,
    nondeterministic: [],
    runs: { notebook: [], project: [] },
    tolerance: { rtol, atol },
    reason: `Nothing can be run here: ${problem.message.replace(/\.$/, "")}. ${saved} Neither the notebook nor the project was run.`,
  };
}
