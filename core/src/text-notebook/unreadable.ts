import { ProblemError } from "../problem/problem.ts";

/** What a text notebook holds that cannot be taken over as it is meant. */
export function unreadable(file: string, line: number, message: string, mend?: string): ProblemError {
  return new ProblemError({
    id: "RP107",
    message,
    place: { file, line, column: 1 },
    mend: mend ?? "Change it there, or save the notebook as .ipynb with the tool that wrote it.",
  });
}
