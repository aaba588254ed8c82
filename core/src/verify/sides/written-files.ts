import { constants } from "node:fs";
import { copyFile, lstat, mkdir } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { FolderWatch } from "./folder-watch.ts";
import type { Workspace } from "./workspace.ts";

/** A file that a run wrote, or a folder that it made, below the folder that it ran in. */
export interface WrittenFile {
  /** Relative to the notebook's folder, with forward slashes; that of a folder ends in one. */
  readonly path: string;
  /** Where its content is kept, on this machine. Of a folder it means nothing. */
  readonly file: string;
  /** The cell, or the stage, that wrote it last. */
  readonly by: string;
}

/** What a run has written and made; nothing is known in a folder with too many files. */
export type WrittenFiles = ReadonlyMap<string, WrittenFile> | undefined;

/** Looking after every cell is worth it in a folder of this many files; in a larger one all is told of the last. */
const mostFilesEachStep = 2000;

/** Follows a run in a workspace, step by step (cell by cell, stage by stage). */
export class WrittenFilesWatch {
  readonly #workspace: Workspace;
  readonly #watch: FolderWatch | undefined;
  readonly #by = new Map<string, string>();

  private constructor(workspace: Workspace, watch: FolderWatch | undefined) {
    this.#workspace = workspace;
    this.#watch = watch;
  }

  static async of(workspace: Workspace): Promise<WrittenFilesWatch> {
    return new WrittenFilesWatch(workspace, await FolderWatch.of(workspace.root, workspace.excluded));
  }

  /** Whatever changed since the last step was written by this one. */
  async step(by: string, isLast = false): Promise<void> {
    if (this.#watch === undefined || (!isLast && this.#watch.count > mostFilesEachStep)) return;
    for (const path of await this.#watch.changes()) this.#by.set(path, by);
  }

  /**
   * What was written and is there at the end, kept for the comparison: a workspace of its own keeps these files and loses
   * all others, from a shared one they are copied into `target`.
   */
  async keep(target: string): Promise<WrittenFiles> {
    if (this.#watch === undefined) return undefined;
    const written = await this.written();
    if (written === undefined) return undefined;
    if (!this.#workspace.isShared) {
      await this.#workspace.keepOnly(new Set([...written.values()].map(({ file }) => file)));
      return written;
    }
    await mkdir(target, { recursive: true });
    const kept = new Map<string, WrittenFile>();
    for (const [path, one] of written) {
      const file = join(target, String(kept.size));
      if (!isFolder(one)) await copyFile(one.file, file, constants.COPYFILE_FICLONE);
      kept.set(path, { ...one, file });
    }
    return kept;
  }

  /** What was written until now and is still there, where it is. */
  async written(): Promise<WrittenFiles> {
    if (this.#watch === undefined) return undefined;
    const found = new Map<string, WrittenFile>();
    for (const [file, by] of this.#by) {
      const state = await lstat(file).catch(() => undefined);
      if (state === undefined || state.isDirectory() !== file.endsWith(sep)) continue;
      const path = relative(this.#workspace.directory, file).replaceAll(sep, "/") + (state.isDirectory() ? "/" : "");
      found.set(path, { path, file, by });
    }
    return found;
  }
}

/** True for a folder, which is told by its path. */
export function isFolder({ path }: WrittenFile): boolean {
  return path.endsWith("/");
}

/** Puts what a run wrote where another one finds it: a file with its content, a folder empty. */
export async function placeWritten(one: WrittenFile, directory: string): Promise<void> {
  const target = join(directory, one.path);
  await mkdir(isFolder(one) ? target : dirname(target), { recursive: true });
  if (!isFolder(one)) await copyFile(one.file, target, constants.COPYFILE_FICLONE);
}
