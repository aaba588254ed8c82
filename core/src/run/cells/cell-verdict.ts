import { KernelDiedError, KernelSilentError } from "../../kernel/client.ts";
import type { RunFailure, RunRecord } from "../record/record.ts";
import type { CellEnd } from "./cell-execution.ts";

/** What a cell's end means: for the cell, and for the run where it ends with this cell. */
export interface CellVerdict {
  readonly isError: boolean;
  readonly ends?: {
    readonly status: Exclude<RunRecord["status"], "running">;
    readonly failure?: Omit<RunFailure, "cell">;
  };
}

export interface CellCircumstances {
  /** Errors are allowed, in the whole run or in this cell. */
  readonly mayFail: boolean;
  readonly onTimeout: "fail" | "interrupt";
  /** The time for the whole notebook is up, not only the cell's. */
  readonly isNotebookLate: boolean;
  readonly seconds: number;
}

/** How a cell ended, and whether the run goes on. */
export function judgeCell(end: CellEnd, circumstances: CellCircumstances): CellVerdict {
  const { reply, stopped } = end;
  if (stopped === "aborted") return ending("interrupted", "Interrupted", "The run was interrupted in this cell.");
  if (stopped === "timeout") {
    const { isNotebookLate, seconds, onTimeout } = circumstances;
    if (reply && !isNotebookLate && onTimeout === "interrupt") return { isError: true };
    const what = isNotebookLate ? "The notebook" : "The cell";
    return ending(
      "failed",
      "Timeout",
      `${what} took longer than it may: it was stopped after ${seconds.toFixed(1)} s.`,
    );
  }
  if (reply === undefined || reply.status === "aborted") {
    return ending("failed", "Aborted", "The kernel did not run this cell.");
  }
  if (reply.error === undefined) return { isError: false };
  const { name, value, traceback } = reply.error;
  // `sys.exit()` and `sys.exit(0)` end a script with success.
  if (name === "SystemExit" && ["", "0", "None"].includes(value)) {
    return { isError: false, ends: { status: "succeeded" } };
  }
  return circumstances.mayFail ? { isError: true } : ending("failed", name, value, traceback);
}

/** What an error of the kernel itself means; anything else is thrown on. */
export function judgeKernelFailure(error: unknown): CellVerdict {
  if (error instanceof KernelSilentError) return ending("failed", "KernelSilent", `${error.message}.`);
  if (!(error instanceof KernelDiedError)) throw error;
  const { exit, message } = error;
  if (exit.outOfMemory) {
    return ending("died", "OutOfMemory", "The kernel was killed because it went over its memory limit.");
  }
  if (exit.lost !== undefined) return ending("died", "EngineLost", `${exit.lost}.`);
  const likely = exit.signal === "SIGKILL" ? " The system may have run out of memory." : "";
  const written = exit.stderr.trim();
  return ending("died", "KernelDied", `${message}.${likely}${written ? `\n${written}` : ""}`);
}

function ending(
  status: Exclude<RunRecord["status"], "running">,
  name: string,
  message: string,
  traceback: readonly string[] = [],
): CellVerdict {
  return { isError: true, ends: { status, failure: { name, message, traceback } } };
}
