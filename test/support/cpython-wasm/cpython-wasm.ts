import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../../core/src/host/cache-folder.ts";
import type { CPython } from "../cpythons.ts";

/** Pyodide's first number is CPython's: 314 is 3.14. Needed by benchmarks alone, so it is no dependency. */
const release = "314.0.7";

/**
 * A CPython newer than those that are packaged for this machine, compiled to WebAssembly; taken from npm into Reprise's
 * cache when it is first asked for. Throws where npm cannot give it, or on systems without a shell.
 */
export function cpythonInWasm(): CPython {
  const folder = cacheFolder("bench", `pyodide-${release}`);
  const place = join(folder, "node_modules", "pyodide");
  if (!existsSync(join(place, "pyodide.mjs"))) {
    run("npm", ["install", "--prefix", folder, "--no-save", "--ignore-scripts", `pyodide@${release}`]);
  }
  const library = join(folder, "library");
  if (!existsSync(library)) {
    run("python3", ["-m", "zipfile", "-e", join(place, "python_stdlib.zip"), library]);
  }
  const python = join(folder, "python");
  writeFileSync(
    python,
    `#!/bin/sh\nexec "${process.execPath}" --disable-warning=ExperimentalWarning "${join(import.meta.dirname, "run.ts")}" "${place}" "$@"\n`,
  );
  chmodSync(python, 0o755);
  return { python, version: "3.14 (WebAssembly)", minor: 14, library, packages: library };
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0)
    throw new Error(`${command} ${args[0]} ended with ${status}: ${error?.message ?? stderr.slice(-500)}`);
}
