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

/** Many small pieces of text as few large ones, to be written. */
export function* inBuffers(pieces: Iterable<string>): Generator<Buffer> {
  let waiting: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < bufferCharacters) continue;
    yield Buffer.from(waiting.join(""));
    waiting = [];
    length = 0;
  }
  if (length > 0) yield Buffer.from(waiting.join(""));
}

const bufferCharacters = 1 << 18;
