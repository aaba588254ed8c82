import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";

/**
 * What a project has of its notebook, by path: the parameters, and each module in which lines of the notebook stand. The
 * files that every project has alike are held by `test/core/project`.
 */
export function ownFiles(project: string): ReadonlyMap<string, string> {
  const { origins } = JSON.parse(readFileSync(join(project, "reprise.json"), "utf8")) as { readonly origins: object };
  const paths = ["params.yaml", ...Object.keys(origins)].filter((path) => existsSync(join(project, path)));
  return filesOf(project, paths);
}

/** The expected ones, from a pattern's folder `expected`. */
export function expectedFiles(pattern: string): ReadonlyMap<string, string> {
  const folder = join(pattern, "expected");
  const paths = globSync("**/*.*", { cwd: folder }).map((path) => path.split(sep).join("/"));
  return filesOf(folder, paths);
}

/** Makes what a project has the expected. */
export function expect(pattern: string, files: ReadonlyMap<string, string>): void {
  const folder = join(pattern, "expected");
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function filesOf(folder: string, paths: readonly string[]): ReadonlyMap<string, string> {
  return new Map([...paths].sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
