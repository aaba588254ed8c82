import type { ProblemId } from "../problem/catalog.ts";
import { ProblemError } from "../problem/problem.ts";

/** How the operating system's errors are told. */
const failures: Readonly<Record<string, { readonly id: ProblemId; readonly mend: string }>> = {
  ENOSPC: { id: "RP362", mend: "Free some space, or name a folder on another disk." },
  EDQUOT: { id: "RP362", mend: "Free some space, or name a folder on another disk." },
  EROFS: { id: "RP361", mend: "Name a folder that may be written to." },
  EACCES: { id: "RP361", mend: "Name a folder that may be written to." },
  EPERM: { id: "RP361", mend: "Name a folder that may be written to." },
  EISDIR: { id: "RP361", mend: "Name a file; a folder has this name." },
  EEXIST: { id: "RP361", mend: "Name a folder whose parents are folders." },
  ENOENT: { id: "RP361", mend: "Name a folder in which files can be made." },
  ENOTDIR: { id: "RP361", mend: "Name a folder whose parents are folders." },
};

/** What went wrong when a path was written, as a ProblemError RP361 or RP362; any other error as it is. */
export function writeProblem(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const failure = failures[code];
  if (failure === undefined || !(error instanceof Error)) return error;
  return new ProblemError(
    {
      id: failure.id,
      message: `${path} cannot be written`,
      place: { file: path },
      mend: failure.mend,
      cause: error.message,
    },
    { cause: error },
  );
}
