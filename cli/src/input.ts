import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { text as readStream } from "node:stream/consumers";
import { ProblemError } from "@reprise/core";

/** The text of a notebook; `-` is standard input. Throws ProblemError RP101 where it cannot be read. */
export async function readInput(path: string): Promise<string> {
  if (path === "-") return readStream(process.stdin);
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const [what, mend] = readFailures[code ?? ""] ?? [message, "Check the path and try again."];
    throw new ProblemError(
      { id: "RP101", message: `${shownPath(path)}: ${what}`, place: { file: shownPath(path) }, mend, cause: message },
      { cause: error },
    );
  }
}

const readFailures: Readonly<Record<string, readonly [what: string, mend: string]>> = {
  ENOENT: ["there is no such file", "Check the path; it is taken from the folder that you call reprise in."],
  EISDIR: ["this is a folder, not a notebook", "Name the .ipynb file in it."],
  EACCES: ["you may not read this file", "Give yourself the right to read it, or copy it to where you have it."],
  ERR_STRING_TOO_LONG: [
    "the file is larger than 512 MB",
    "Clear its outputs first: jupyter nbconvert --clear-output --to notebook.",
  ],
};

/** As paths stand in answers: relative to the working directory where they lie below it. */
export function shownPath(path: string): string {
  if (path === "-") return path;
  const below = relative(process.cwd(), resolve(path));
  return below === "" ? "." : below.startsWith("..") ? resolve(path) : below;
}
