import { constants, existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";

/** What running and building leave behind; and what has a dot before its name. */
const passing = /^(?:\..*|__pycache__|node_modules|work|.*\.egg-info)$/;

/**
 * Copies what a user added to a project into a copy of it. What is there already, what is named in `generated` (by path
 * with forward slashes), virtual environments, results and caches stay behind. Links are copied as links.
 */
export async function copyAddedFiles(from: string, to: string, generated: ReadonlySet<string>): Promise<void> {
  const root = resolve(from);
  await cp(root, to, {
    recursive: true,
    force: false,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (source) => {
      const path = relative(root, source).replaceAll("\\", "/");
      if (path === "") return true;
      const isEnvironment = existsSync(join(source, "pyvenv.cfg"));
      const isPassing = passing.test(basename(path)) && (dirname(path) === "." || basename(path) !== "work");
      return !isEnvironment && !isPassing && !generated.has(path);
    },
  });
}
