import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { ProblemError } from "@reprise/core";
import { isAddress, readAddress, withoutSecrets } from "@reprise/core/node";
import type { Call } from "./execute.ts";

/** What reading takes of a call: addresses may take their time. */
export type Reading = Partial<Pick<Call, "signal" | "onProgress">>;

/**
 * The text of a notebook: a file, an address, or `-` for standard input. Throws ProblemError RP101 where it cannot be
 * read, RP363 to RP367 for an address.
 */
export async function readInput(path: string, reading: Reading = {}): Promise<string> {
  try {
    return decoded(await bytesOf(path, reading));
  } catch (error) {
    if (error instanceof ProblemError || reading.signal?.aborted) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const [what, mend] = readFailures[code ?? ""] ?? [message, "Check the path and try again."];
    throw new ProblemError(
      { id: "RP101", message: `${shownPath(path)}: ${what}`, place: { file: shownPath(path) }, mend, cause: message },
      { cause: error },
    );
  }
}

/** A file of this machine at once: to ask for it by way of the event loop takes longer than to read it. */
async function bytesOf(path: string, reading: Reading): Promise<Uint8Array> {
  if (path === "-") return buffer(process.stdin);
  return isAddress(path) ? readAddress(path, reading) : readFileSync(path);
}

const tooLarge = [
  "the file is larger than 512 MB",
  "Clear its outputs first: jupyter nbconvert --clear-output --to notebook.",
] as const;

/** Strict: a notebook in another encoding would be read with wrong letters, in silence. */
function decoded(bytes: Uint8Array): string {
  // Node makes a decoder in milliseconds: only to say what is wrong.
  if (!isUtf8(bytes)) return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}

const readFailures: Readonly<Record<string, readonly [what: string, mend: string]>> = {
  ENOENT: ["there is no such file", "Check the path; it is taken from the folder that you call reprise in."],
  EISDIR: ["this is a folder, not a notebook", "Name the .ipynb file in it."],
  EACCES: ["you may not read this file", "Give yourself the right to read it, or copy it to where you have it."],
  ELOOP: ["its symbolic links lead round in a circle", "Name the notebook itself, or mend the links."],
  ENOTDIR: ["there is no such file", "Check the path: a part of it is a file, not a folder."],
  ERR_ENCODING_INVALID_ENCODED_DATA: [
    "this is not UTF-8 text",
    "Save it as UTF-8, as every notebook is (iconv -f ENCODING -t utf-8), or restore it from version control.",
  ],
  ERR_STRING_TOO_LONG: tooLarge,
  ERR_FS_FILE_TOO_LARGE: tooLarge,
};

/** Whether a path is a folder; what cannot be looked at is told where it is read. */
export function isFolder(path: string): boolean {
  try {
    return path !== "-" && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}

/** Whether a notebook comes from no folder of this machine: its relative paths then start from the working directory. */
export const isWithoutFolder = (path: string): boolean => path === "-" || isAddress(path);

/** As paths stand in answers: relative to the working directory where they lie below it; addresses without credentials. */
export function shownPath(path: string): string {
  if (path === "-") return path;
  if (isAddress(path)) return withoutSecrets(path);
  const below = relative(process.cwd(), resolve(path));
  return below === "" ? "." : below.startsWith("..") ? resolve(path) : below;
}
