import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { compareVersions } from "../lock/version.ts";

/**
 * The newest Python of a version (`3.11`, `3.11.7`) that a version manager keeps: pyenv, asdf or mise, in the folders
 * that their documentation names. Undefined where there is none.
 */
export function managedPython(version: string, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const home = homedir();
  const folders = [
    join(environment.PYENV_ROOT ?? join(home, ".pyenv"), "versions"),
    join(home, ".pyenv", "pyenv-win", "versions"),
    join(environment.ASDF_DATA_DIR ?? join(home, ".asdf"), "installs", "python"),
    join(environment.MISE_DATA_DIR ?? join(home, ".local", "share", "mise"), "installs", "python"),
  ];
  return folders
    .flatMap((folder) => (existsSync(folder) ? readdirSync(folder).map((name) => ({ folder, name })) : []))
    .filter(({ name }) => name === version || name.startsWith(`${version}.`))
    .sort((a, b) => compareVersions(b.name, a.name))
    .map(({ folder, name }) => join(folder, name, process.platform === "win32" ? "python.exe" : "bin/python"))
    .find((path) => existsSync(path));
}
