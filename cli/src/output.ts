import { resolve } from "node:path";
import { ProblemError } from "@reprise/core";
import { isAddress, writeFileAtomically, writeProblem } from "@reprise/core/node";
import { shownPath } from "./input.ts";

/** Writes a file that the call named. Throws ProblemError RP361 where it cannot be written, RP362 for a full disk. */
export async function writeOutput(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomically(path, text);
  } catch (error) {
    throw writeProblem(error, shownPath(path));
  }
}

/** Where an executed notebook goes, as runs take it: an address as it is, a path in full. */
export const outputPlace = (output: string): string => (isAddress(output) ? output : resolve(output));

/** An executed notebook among others: in a folder, or below an address. */
export function outputIn(place: string, name: string): string {
  return isAddress(place) ? `${place.replace(/\/+$/, "")}/${name}` : resolve(place, name);
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
