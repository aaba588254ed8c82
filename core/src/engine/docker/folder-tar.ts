import { createReadStream } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** A folder as a tar archive, owned by root, readable by all; made while it is read, so of any size. */
export async function folderAsTar(folder: string): Promise<Readable> {
  // Loaded only where an image is built.
  const { pack } = await import("tar-stream");
  const archive = pack();
  const add = async (path: string): Promise<void> => {
    const full = join(folder, path);
    const found = await lstat(full);
    const entry = { name: path.replaceAll("\\", "/"), mtime: found.mtime, uid: 0, gid: 0 };
    if (found.isDirectory()) {
      await written((done) => archive.entry({ ...entry, type: "directory", mode: 0o755 }, done));
      for (const name of (await readdir(full)).sort()) await add(join(path, name));
    } else if (found.isSymbolicLink()) {
      const linkname = await readlink(full);
      await written((done) => archive.entry({ ...entry, type: "symlink", linkname }, done));
    } else if (found.isFile()) {
      const mode = found.mode & 0o111 ? 0o755 : 0o644;
      await pipeline(createReadStream(full), archive.entry({ ...entry, mode, size: found.size }));
    }
  };
  void readdir(folder)
    .then(async (names) => {
      for (const name of names.sort()) await add(name);
      archive.finalize();
    })
    .catch((error: Error) => archive.destroy(error));
  return Readable.from(archive);
}

function written(write: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => write((error) => (error ? reject(error) : resolve())));
}
