import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import type { ParsedCell } from "../../dataflow/model.ts";
import { addedFolders } from "../../inclusion/search-path.ts";
import { projectRoot } from "../project-root.ts";

/** Where a notebook imports its own modules from. */
export interface SearchPath {
  /** The folder that it stands in, and those of its project that it adds to `sys.path`. */
  readonly folders: readonly string[];
  /** Folders that it adds and that are not its project's: nothing of these is read. */
  readonly beyond: readonly string[];
  /** False where it does something to `sys.path` that its code alone does not tell. */
  readonly isKnown: boolean;
}

/**
 * The folders that a notebook in `folder` imports its own modules from, as far as its code says which. What leads out of
 * the project is not followed; where nothing marks a project, it is what the folder above the notebook's holds.
 */
export function searchPathOf(flow: { readonly cells: readonly ParsedCell[] }, folder: string): SearchPath {
  const home = resolve(folder);
  const root = projectRoot(home) ?? dirname(home);
  const { folders: added, isKnown } = addedFolders(flow.cells.map(({ module }) => module));
  const folders = new Set([home]);
  const beyond = new Set<string>();
  for (const path of added.map((each) => resolve(home, each)))
    if (isFolder(path)) (isWithin(path, root) ? folders : beyond).add(path);
  return { folders: [...folders], beyond: [...beyond], isKnown };
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function isWithin(path: string, root: string): boolean {
  return relative(realpathSync(root), realpathSync(path)).split(sep)[0] !== "..";
}
