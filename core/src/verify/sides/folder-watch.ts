import { lstat, readdir } from "node:fs/promises";
import { join, sep } from "node:path";

/** Folders that tools keep for themselves: never part of what a notebook reads or writes; often large. */
export const toolFolders: ReadonlySet<string> = new Set([
  ".git",
  ".reprise",
  ".venv",
  "venv",
  "node_modules",
  "__pycache__",
  ".ipynb_checkpoints",
  ".dvc",
]);

/** Beyond this many files, looking for those that were written costs more than the runs. */
const mostFiles = 50_000;

/** Tells which files below a folder were written, and which folders made, since it was asked last. */
export class FolderWatch {
  readonly #folder: string;
  readonly #excluded: ReadonlySet<string>;
  #known: ReadonlyMap<string, string>;

  private constructor(folder: string, excluded: ReadonlySet<string>, known: ReadonlyMap<string, string>) {
    this.#folder = folder;
    this.#excluded = excluded;
    this.#known = known;
  }

  /** Undefined where the folder holds too many files to be watched. `excluded` are absolute paths of folders below it. */
  static async of(folder: string, excluded: readonly string[] = []): Promise<FolderWatch | undefined> {
    const left = new Set(excluded);
    const known = await fingerprints(folder, left);
    return known && new FolderWatch(folder, left, known);
  }

  /** How many files and folders lay there when it was asked last. */
  get count(): number {
    return this.#known.size;
  }

  /**
   * Files that were made or written since the last call, or since the watch began, and folders that were made: absolute
   * paths, sorted; those of folders end in a separator.
   */
  async changes(): Promise<readonly string[]> {
    const before = this.#known;
    const now = await fingerprints(this.#folder, this.#excluded);
    if (now === undefined) return [];
    this.#known = now;
    return [...now].flatMap(([path, print]) => (before.get(path) === print ? [] : [path])).sort();
  }
}

async function fingerprints(folder: string, excluded: ReadonlySet<string>): Promise<Map<string, string> | undefined> {
  const found = new Map<string, string>();
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
      const path = join(next, entry.name);
      if (toolFolders.has(entry.name) || excluded.has(path)) continue;
      if (entry.isDirectory()) {
        waiting.push(path);
        found.set(path + sep, "");
      }
      if (!entry.isFile()) continue;
      const state = await lstat(path).catch(() => undefined);
      if (state) found.set(path, `${state.size} ${state.mtimeMs} ${state.ctimeMs} ${state.ino}`);
      if (found.size > mostFiles) return undefined;
    }
  }
  return found;
}
