import { existsSync } from "node:fs";
import {
  chmod,
  constants,
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  writeFile,
} from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { writeFileAtomically } from "./atomic-file.ts";
import { makeFolder } from "./make-folder.ts";
import { inside } from "./project-folder.ts";
import { writeProblem } from "./write-problem.ts";

/** What becomes of a project's files, by path below its folder; every other file stays as it is. */
export interface ProjectUpdate {
  readonly writes: ReadonlyMap<string, string | Uint8Array>;
  /** Files to copy: by path below the folder, where they lie. */
  readonly copies: ReadonlyMap<string, string>;
  readonly removals: readonly string[];
}

/** Beside the project's files, so that everything is one rename away. */
const updateFolder = ".reprise-update.part";

/** Which files the update touches, and whether something stood there before. */
interface Journal {
  readonly touched: readonly { readonly path: string; readonly existed: boolean }[];
}

/**
 * Changes files of a project all together or not at all. What is new is written beside the project's files first, then
 * each file takes its place by a rename; what goes wrong takes everything back, and what is cut off (a kill, a power
 * failure) is taken back by the next `restoreProject`. Throws ProblemError RP361 or RP362.
 */
export async function updateProject(folder: string, update: ProjectUpdate): Promise<void> {
  const root = resolve(folder);
  const staged = join(root, updateFolder);
  await restoreProject(root);
  try {
    await mkdir(staged);
    const touched = await stage(root, staged, update);
    await writeFileAtomically(join(staged, "journal.json"), JSON.stringify({ touched } satisfies Journal));
    for (const { path, existed } of touched) {
      if (existed) await move(join(root, path), join(staged, "old", path));
      if (existsSync(join(staged, "new", path))) await move(join(staged, "new", path), join(root, path));
    }
    // From here on the update stands.
    await rm(join(staged, "journal.json"));
  } catch (error) {
    // What went wrong first is what is told; what cannot be taken back now is taken back by the next call.
    await restoreProject(root).catch(() => undefined);
    throw writeProblem(error, folder);
  }
  await rm(staged, { recursive: true, force: true });
  for (const path of update.removals) await removeEmptyFolders(root, dirname(inside(path)));
}

/** Takes back an update that was cut off; does nothing where there is none. Throws the operating system's error. */
export async function restoreProject(folder: string): Promise<void> {
  const root = resolve(folder);
  const staged = join(root, updateFolder);
  if (!existsSync(staged)) return;
  const journal = join(staged, "journal.json");
  if (existsSync(journal)) {
    const { touched } = JSON.parse(await readFile(journal, "utf8")) as Journal;
    for (const { path, existed } of touched.toReversed()) {
      const place = join(root, inside(path));
      const old = join(staged, "old", inside(path));
      if (existed) {
        if (existsSync(old)) await move(old, place);
      } else if (!existsSync(join(staged, "new", inside(path)))) await rm(place, { force: true });
    }
  }
  await rm(staged, { recursive: true, force: true });
}

/** Writes what is new into the staging folder; answers what will be touched. */
async function stage(root: string, staged: string, { writes, copies, removals }: ProjectUpdate) {
  const touched = [];
  for (const path of [...writes.keys(), ...copies.keys()]) {
    const clean = inside(path);
    const file = join(staged, "new", clean);
    makeFolder(dirname(file));
    const data = writes.get(path);
    if (data === undefined) await copyFile(copies.get(path) as string, file, constants.COPYFILE_FICLONE);
    else await writeFile(file, data, { flag: "wx" });
    const before = await lstat(join(root, clean)).catch(() => undefined);
    if (before?.isFile()) await chmod(file, before.mode & 0o777);
    touched.push({ path: clean, existed: before !== undefined });
  }
  for (const path of removals.map(inside)) {
    if (existsSync(join(root, path))) touched.push({ path, existed: true });
  }
  return touched;
}

async function move(from: string, to: string): Promise<void> {
  makeFolder(dirname(to));
  await rename(from, to);
}

async function removeEmptyFolders(root: string, folder: string): Promise<void> {
  if (folder === "." || folder === "") return;
  const path = join(root, folder);
  if (!existsSync(path) || (await readdir(path)).length > 0) return;
  await rmdir(path);
  await removeEmptyFolders(root, dirname(folder));
}
