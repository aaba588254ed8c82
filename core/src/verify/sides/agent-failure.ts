import { ProblemError } from "../../problem/problem.ts";

/**
 * What to throw where the agent could not do its work: a ProblemError RP362 where the disk is full, otherwise a plain error,
 * which is a bug. `said` is its traceback, `folder` where it writes.
 */
export function agentFailure(task: string, said: string, folder: string): Error {
  if (!isDiskFull(said)) return new Error(`${task} failed: ${said}`);
  return new ProblemError({
    id: "RP362",
    message: `The values of the proof do not fit on the disk of ${folder}`,
    place: { file: folder },
    mend: "Free some space, or name a folder on a larger disk in TMPDIR.",
    cause: said.trim().split("\n").at(-1) ?? said,
  });
}

/** Whether a traceback ends for want of space. */
export function isDiskFull(said: string): boolean {
  return /\[Errno (?:28|122)\]|No space left on device|Disk quota exceeded/.test(said);
}
