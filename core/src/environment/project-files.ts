import { readFileSync, realpathSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import type { ReadProjectFile } from "../inclusion/inclusion.ts";
import { projectRoot } from "./project-root.ts";

/** Larger files are no code that a person wrote. */
const mostBytes = 5_000_000;

/**
 * Reads files of the project that a folder belongs to, by paths as code in that folder names them; the folder is the
 * project where nothing marks its root. What lies outside is not read, links that lead there included.
 */
export function projectFileReader(folder: string): ReadProjectFile {
  const root = realpath(projectRoot(resolve(folder)) ?? resolve(folder)) ?? resolve(folder);
  return (path) => {
    const file = realpath(resolve(folder, path));
    if (file === undefined) return { why: `${path} is not there` };
    if (relative(root, file).split(sep)[0] === "..") {
      return {
        why: `${path} lies outside of the project (${root})`,
        mend: "Put it into the project; or mark the folder that holds both as its root, with a pyproject.toml or .git.",
      };
    }
    try {
      const stat = statSync(file);
      if (!stat.isFile()) return { why: `${path} is no file` };
      if (stat.size > mostBytes) return { why: `${path} is larger than ${mostBytes / 1e6} MB` };
      return { text: readFileSync(file, "utf8") };
    } catch (error) {
      return { why: `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}` };
    }
  };
}

function realpath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
