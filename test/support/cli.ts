import { join } from "node:path";
import { type FinishedProcess, type ProcessOptions, runProcess } from "../../core/src/host/child-process.ts";

export const repository = join(import.meta.dirname, "..", "..");
export const launcher = join(repository, "cli", "bin", "reprise.js");

/** Runs the command line of this clone as a user would, to its end. */
export function reprise(args: readonly string[], options: ProcessOptions = {}): Promise<FinishedProcess> {
  return runProcess(process.execPath, [launcher, ...args], {
    ...options,
    environment: { ...process.env, NO_COLOR: "1", ...options.environment },
  });
}

/** The one JSON object that a command with `--json` printed. Throws where there is anything else on stdout. */
export function answerOf(finished: FinishedProcess): Record<string, unknown> {
  try {
    return JSON.parse(finished.stdout);
  } catch (error) {
    throw new Error(`Not one JSON object on stdout:\n${finished.stdout}\n${finished.stderr}`, { cause: error });
  }
}
