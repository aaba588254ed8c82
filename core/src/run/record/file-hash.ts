import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import type { DataIdentity } from "./record.ts";

/** `sha256:...` of a file's bytes, read in pieces. Throws the operating system's error, the signal's reason at an abort. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash, { signal });
  return `sha256:${hash.digest("hex")}`;
}

/** `sha256:...` of a text. */
export function hashText(text: string | Uint8Array): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** `sha256:...` over the paths and hashes of a folder's files, sorted; links are not followed. */
export async function hashFolder(
  folder: string,
  { isSkipped = () => false, signal }: { isSkipped?: (path: string) => boolean; signal?: AbortSignal | undefined } = {},
): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !isSkipped(path))
    .sort();
  const hash = createHash("sha256");
  for (const path of paths) hash.update(`${path}\0${await hashFile(join(folder, path), signal)}\n`);
  return `sha256:${hash.digest("hex")}`;
}

/** What a data file or folder is now; without a hash where it is not there, and after an abort. */
export async function identifyData(
  path: string,
  use: DataIdentity["use"],
  signal?: AbortSignal,
): Promise<DataIdentity> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { path, use, hash: await hashFolder(path, { signal }) };
    return { path, use, hash: await hashFile(path, signal), bytes: found.size };
  } catch {
    return { path, use };
  }
}
