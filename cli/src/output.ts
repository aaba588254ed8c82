import { ProblemError } from "@reprise/core";
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

/** Throws ProblemError RP141 for the output of a notebook that has another form's ending: an .ipynb is written. */
export function checkNotebookOutput(path: string | undefined): void {
  if (path === undefined || !/\.(?:py|md|markdown|myst|qmd)$/i.test(path)) return;
  throw new ProblemError({
    id: "RP141",
    message: `${shownPath(path)} would be no notebook: what is written is an .ipynb`,
    mend: `Name an .ipynb; jupytext --to ${/\.py$/i.test(path) ? "py:percent" : "md:myst"} makes a text of it.`,
  });
}
