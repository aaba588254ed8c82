import { existsSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";

const names = process.platform === "win32" ? ["reprise.cmd", "reprise.exe"] : ["reprise"];

export interface CliSearch {
  /** The setting; empty where it is not set. A relative path is taken from the first folder. */
  readonly setting: string;
  /** Where to look for `node_modules/.bin/reprise`, here and in every folder above. */
  readonly folders: readonly string[];
  readonly path: string;
}

/** The command line to call, and `undefined` where there is none: the setting, then node_modules, then the PATH. */
export function findCli({ setting, folders, path }: CliSearch): string | undefined {
  if (setting !== "") {
    const file = isAbsolute(setting) ? setting : join(folders[0] ?? ".", setting);
    return existsSync(file) ? file : undefined;
  }
  const nearby = folders.flatMap(withParents).map((folder) => join(folder, "node_modules", ".bin"));
  const onPath = path.split(delimiter).filter(isAbsolute);
  return [...nearby, ...onPath].flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
}

function withParents(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...withParents(parent)];
}
