import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type Configuration, ignoredIn } from "../configuration/configuration.ts";
import { readConfiguration } from "../configuration/read-configuration.ts";

/**
 * The configuration that holds for a folder: the nearest `reprise.toml`, or `pyproject.toml` with a table
 * `[tool.reprise]`, in it or above it. Throws ProblemError RP145.
 */
export async function findConfiguration(folder: string): Promise<Configuration | undefined> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    for (const name of ["reprise.toml", "pyproject.toml"]) {
      const file = join(at, name);
      const text = textOf(file);
      const found = text === undefined ? undefined : await readConfiguration(text, file);
      if (found !== undefined) return found;
    }
    if (dirname(at) === at) return undefined;
  }
}

/** Synchronously: to ask for a dozen files that are not there by way of the event loop takes many times as long. */
function textOf(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** The rules that a configuration ignores in the notebook at `path`. */
export function ignoredRules(configuration: Configuration, path: string): readonly string[] {
  return ignoredIn(configuration, relative(dirname(configuration.file), resolve(path)).replaceAll("\\", "/"));
}
