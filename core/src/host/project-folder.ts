import { isAbsolute, normalize, sep } from "node:path";
import { ProblemError } from "../problem/problem.ts";

/** A path that stays in the project's folder. Anything else comes from a target, a plan or a record that is broken. Throws ProblemError RP163. */
export function inside(path: string): string {
  const clean = normalize(path);
  if (isAbsolute(clean) || clean.split(sep).includes("..") || /^[A-Za-z]:/.test(clean)) {
    throw new ProblemError({
      id: "RP163",
      message: `The file ${path} would lie outside of the project`,
      mend: "Use names without slashes and dots for the package, the stages and the modules of the plan.",
    });
  }
  return clean;
}
