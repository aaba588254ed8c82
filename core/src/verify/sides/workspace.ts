import { constants } from "node:fs";
import { copyFile, cp, lstat, mkdir, open, readdir, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { writeProblem } from "../../host/write-problem.ts";
import type { Notebook } from "../../notebook/model.ts";
import { toolFolders } from "./folder-watch.ts";
import type { MadePaths } from "./made-paths.ts";

/** A folder to run the notebook, or the project, in. */
export interface Workspace {
  /** Where the notebook's folder is now. */
  readonly directory: string;
  /** The folder that holds it and all that the notebook reaches. */
  readonly root: string;
  /** It is the notebook's own, not a copy. */
  readonly isShared: boolean;
  /** Folders below the root that are no part of it. */
  readonly excluded: readonly string[];
  /** Removes every file but these (absolute paths); nothing of a shared folder. */
  keepOnly(files: ReadonlySet<string>): Promise<void>;
  remove(): Promise<void>;
}

/** A copy of more than this is not made: the notebook's own folder is used then. */
const mostBytes = 4 * 1024 ** 3;
const mostFiles = 50_000;

/**
 * Finds how far the notebook reaches (`../data` means the folder above too) and whether a copy of that can be made. Each
 * run gets its own copy, so that none finds what another wrote.
 */
export class WorkspaceSource {
  readonly #root: string;
  readonly #directory: string;
  readonly #excluded: readonly string[];
  /** Why runs share the notebook's own folder, where they do. */
  readonly shared: string | undefined;

  private constructor(root: string, directory: string, excluded: readonly string[], shared: string | undefined) {
    this.#root = root;
    this.#directory = directory;
    this.#excluded = excluded;
    this.shared = shared;
  }

  /** `excluded` are folders that no copy holds: the project's, the work folder. */
  static async of(notebook: Notebook, excluded: readonly string[]): Promise<WorkspaceSource> {
    const directory = dirname(resolve(notebook.path));
    let root = directory;
    for (let level = climbs(notebook); level > 0; level -= 1) root = dirname(root);
    const out = excluded.map((folder) => resolve(folder));
    const shared = root === dirname(root) ? "it reaches up to the root of the file system" : await tooLarge(root, out);
    return new WorkspaceSource(root, directory, out, shared);
  }

  /** Makes a copy in `target`, without what the notebook itself makes: a run may not live on what an earlier one left. */
  async open(target: string, made: MadePaths): Promise<Workspace> {
    if (this.shared !== undefined) {
      const none = async () => {};
      const own = { directory: this.#directory, root: this.#directory, excluded: this.#excluded };
      return { ...own, isShared: true, keepOnly: none, remove: none };
    }
    const gone = new Set(made.files.map((path) => resolve(this.#directory, path)));
    const directory = join(target, basename(this.#root), relative(this.#root, this.#directory));
    try {
      await mkdir(target, { recursive: true });
      await copyTree(
        this.#root,
        join(target, basename(this.#root)),
        (path) => gone.has(path) || this.#excluded.includes(path),
      );
      await removeEmpty(made.folders.map((path) => resolve(directory, path)).filter((path) => isBelow(target, path)));
    } catch (error) {
      throw writeProblem(error, target);
    }
    return {
      directory,
      root: target,
      isShared: false,
      excluded: [],
      keepOnly: (files) => removeOthers(target, files),
      remove: () => rm(target, { recursive: true, force: true }),
    };
  }
}

/** The most levels that a path in the notebook's code climbs. */
function climbs(notebook: Notebook): number {
  let most = 0;
  for (const cell of notebook.cells) {
    if (cell.kind !== "code") continue;
    for (const [found] of cell.source.matchAll(/(?:\.\.[/\\]+)+|["']\.\.["']/g)) {
      most = Math.max(most, Math.floor(found.replace(/[^.]/g, "").length / 2));
    }
  }
  return Math.min(most, 8);
}

async function tooLarge(root: string, excluded: readonly string[]): Promise<string | undefined> {
  let bytes = 0;
  let files = 0;
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const path = join(folder, entry.name);
      if (toolFolders.has(entry.name) || excluded.includes(path)) continue;
      if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile()) {
        files += 1;
        bytes += (await lstat(path).catch(() => undefined))?.size ?? 0;
      }
      if (bytes > mostBytes) return `${root} holds more than ${mostBytes / 1024 ** 3} GiB`;
      if (files > mostFiles) return `${root} holds more than ${mostFiles} files`;
    }
  }
  return undefined;
}

async function copyTree(from: string, to: string, isLeftOut: (path: string) => boolean): Promise<void> {
  const waiting = [[from, to] as const];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [source, target] = next;
    await mkdir(target, { recursive: true });
    const entries = await whereReadable(source, () => readdir(source, { withFileTypes: true }));
    for (const entry of entries ?? []) {
      const path = join(source, entry.name);
      if (toolFolders.has(entry.name) || isLeftOut(path)) continue;
      const copy = join(target, entry.name);
      if (entry.isDirectory()) waiting.push([path, copy]);
      else if (entry.isFile()) await whereReadable(path, () => copyFile(path, copy, constants.COPYFILE_FICLONE));
      else if (entry.isSymbolicLink()) await cp(path, copy, { recursive: true, dereference: true }).catch(() => {});
    }
  }
}

/** Nothing for what may not be read, or is gone by now: where the notebook is, its code cannot read it either. */
async function whereReadable<Result>(path: string, work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (await canBeOpened(path)) throw error;
    return undefined;
  }
}

async function canBeOpened(path: string): Promise<boolean> {
  try {
    await (await open(path, "r")).close();
    return true;
  } catch {
    return false;
  }
}

async function removeOthers(folder: string, kept: ReadonlySet<string>): Promise<void> {
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      else if (!kept.has(path)) await rm(path, { force: true });
    }
  }
}

/** Those of the folders that hold nothing; the innermost first, so that one that holds only such is empty too. */
async function removeEmpty(folders: readonly string[]): Promise<void> {
  const innermost = folders.toSorted((one, other) => other.length - one.length);
  for (const folder of innermost) await rmdir(folder).catch(() => {});
}

function isBelow(folder: string, path: string): boolean {
  return path.startsWith(folder + sep);
}
