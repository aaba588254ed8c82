import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, link, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inBuffers } from "../host/atomic-file.ts";
import type { OutputFile } from "../run/record/record.ts";
import type { RunFile } from "../run/request.ts";

/** Files from this size on are kept once by content, however many runs have them. */
const largeBytes = 256 * 1024;

/**
 * Puts a file into a run's folder, under its name there, and says what it is. A large one lies in `objects/` by its
 * content hash, and in the run's folder as a second name (a hard link) of the same file, or a copy where there are none.
 * Throws the operating system's error; nothing half-written is left then.
 */
export async function keepFile(store: string, runFolder: string, file: RunFile): Promise<OutputFile> {
  const path = safePath(file.name);
  const target = join(runFolder, ...path.split("/"));
  await mkdir(dirname(target), { recursive: true });
  const draft = join(runFolder, `.${randomBytes(6).toString("hex")}.part`);
  try {
    const { digest, size } = await write(draft, contentOf(file));
    if (size >= largeBytes) await moveIntoObjects(store, draft, target, digest);
    else await rename(draft, target);
    return { name: file.name, path, hash: `sha256:${digest}`, bytes: size };
  } finally {
    await rm(draft, { force: true });
  }
}

function contentOf(file: RunFile): AsyncIterable<Buffer> | Iterable<Buffer> {
  if ("path" in file) return createReadStream(file.path);
  return "text" in file ? [Buffer.from(file.text)] : inBuffers(file.pieces());
}

async function write(
  path: string,
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<{ readonly digest: string; readonly size: number }> {
  const hash = createHash("sha256");
  let size = 0;
  const file = await open(path, "wx");
  try {
    for await (const piece of content) {
      hash.update(piece);
      await file.writeFile(piece);
      size += piece.length;
    }
  } finally {
    await file.close();
  }
  return { digest: hash.digest("hex"), size };
}

async function moveIntoObjects(store: string, draft: string, target: string, digest: string): Promise<void> {
  const object = join(store, "objects", digest.slice(0, 2), digest.slice(2));
  await mkdir(dirname(object), { recursive: true });
  // The same content may be there already: then replacing it changes nothing.
  const known = await stat(object).catch(() => undefined);
  if (known === undefined) await rename(draft, object);
  await rm(target, { force: true });
  await link(object, target).catch(() => copyFile(object, target));
}

/** A relative path that stays below the folder, with forward slashes. */
function safePath(name: string): string {
  const parts = name
    .replaceAll("\\", "/")
    .split("/")
    .map((part) => part.replaceAll(/[\0:*?"<>|]/g, "_"))
    .filter((part) => part !== "" && part !== "." && part !== "..");
  const path = parts.join("/");
  // The record's own name is never given away.
  return path === "" || path === "record.json" ? `files/${path || "file"}` : path;
}
