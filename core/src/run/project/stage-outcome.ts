import type { Exit } from "../../kernel/process.ts";
import { errorLine } from "../cells/error-line.ts";
import { failurePlace } from "../cells/failure-place.ts";
import type { RunFailure, RunRecord } from "../record/record.ts";

/** What became of a stage, in the words of a run's record. */
export type StageOutcome = Pick<RunRecord, "status" | "failure">;

/** What the end of a stage's process means for the run; no end is an abort. */
export function outcomeOf(stage: string, result: Exit | undefined): StageOutcome {
  if (result === undefined) return { status: "interrupted" };
  if (result.code === 0) return { status: "succeeded" };
  const { code, lost, outOfMemory, signal, stderr } = result;
  if (lost !== undefined)
    return { status: "died", failure: { name: "EngineLost", message: `${lost}.`, traceback: [] } };
  const lines = stderr.trim().split("\n");
  if (code === null || outOfMemory) {
    const message = outOfMemory ? "went over its memory limit" : `ended by ${signal}`;
    return {
      status: "died",
      failure: { name: outOfMemory ? "OutOfMemory" : "Killed", message: `${stage} ${message}`, traceback: lines },
    };
  }
  const [, error, message] = /^([\w.]+)(?:: (.*))?$/s.exec(errorLine(lines) ?? "") ?? [];
  return {
    status: "failed",
    failure: { name: error ?? "Exit", message: message ?? `${stage} ended with exit code ${code}`, traceback: lines },
  };
}

/** With the cell of the notebook that the failed line came from. */
export async function placed(outcome: StageOutcome, folder: string, name: string): Promise<StageOutcome> {
  const { failure } = outcome;
  const place = failure && (await failurePlace(failure.traceback, folder, name));
  return place?.cell === undefined ? outcome : { ...outcome, failure: { ...failure, cell: place.cell } as RunFailure };
}

/** Of a stage that was stopped for its time. */
export function late(stage: string): StageOutcome {
  const message = `${stage} took longer than it may, and was stopped`;
  return { status: "failed", failure: { name: "Timeout", message, traceback: [] } };
}
