import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Files and folders that mark the root of a project. */
const roots = [".git", ".hg", "pyproject.toml", "setup.py", "dvc.yaml"];

/** The nearest folder above, or the folder itself, that is the root of a project; `undefined` where there is none. */
export function projectRoot(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (roots.some((name) => existsSync(join(at, name)))) return at;
    if (dirname(at) === at) return undefined;
  }
}
