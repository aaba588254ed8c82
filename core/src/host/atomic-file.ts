import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ownMark, removeLeftBehind } from "./left-behind.ts";
import { makeFolder } from "./make-folder.ts";

/**
 * Writes a file so that it is there whole or not at all: a temporary file beside it, flushed to disk, then renamed.
 * Parent folders are made. Throws the operating system's error; nothing is left behind then.
 */
export async function writeFileAtomically(
  path: string,
  data: string | Uint8Array | Iterable<string>,
  mode?: number,
): Promise<void> {
  makeFolder(dirname(path));
  const temporary = join(dirname(path), `${draftPrefix(path)}${ownMark}${randomBytes(6).toString("hex")}.part`);
  try {
    const file = await open(temporary, "wx", mode ?? 0o666);
    try {
      if (typeof data === "string" || data instanceof Uint8Array) await file.writeFile(data);
      else for (const piece of inBuffers(data)) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Removes drafts of a file that processes left beside it which were killed while they wrote it. */
export async function removeAbandonedDrafts(path: string): Promise<void> {
  await removeLeftBehind(dirname(path), draftPrefix(path));
}

function draftPrefix(path: string): string {
  return `.${basename(path)}.`;
}

/**
 * Many small pieces of text as few large ones, to be written; no piece begins or ends within a character. What is given
 * out is overwritten when the next is asked for: a text of gigabytes takes no more memory than one of them.
 */
export function* inBuffers(pieces: Iterable<string>): Generator<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(bufferBytes);
  let length = 0;
  for (const piece of pieces) {
    const most = piece.length * bytesPerUnit;
    if (length > 0 && most > bufferBytes - length) {
      yield buffer.subarray(0, length);
      length = 0;
    }
    if (most > bufferBytes) yield Buffer.from(piece);
    else length += buffer.write(piece, length);
  }
  if (length > 0) yield buffer.subarray(0, length);
}

const bufferBytes = 1 << 18;
/** UTF-8 takes at most so many for a UTF-16 code unit. */
const bytesPerUnit = 3;
