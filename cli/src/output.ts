import { writeFileAtomically, writeProblem } from "@reprise/core/node";
import { shownPath } from "./input.ts";

/** Writes a file that the call named. Throws ProblemError RP361 where it cannot be written, RP362 for a full disk. */
export async function writeOutput(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomically(path, text);
  } catch (error) {
    throw writeProblem(error, shownPath(path));
  }
}
