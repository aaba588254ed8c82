import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../../host/cache-folder.ts";
import { ProblemError } from "../../problem/problem.ts";
import type { ProgressListener } from "../../text/progress.ts";
import type { Environment, PythonEnvironment } from "../environment.ts";
import { runUv } from "../uv/run-uv.ts";
import { uvProblem } from "../uv/uv-failure.ts";
import { findPython, interpreterOf, pythonVersion } from "./interpreter.ts";

export interface MakeOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

/** The file that says that an environment is whole; it also keeps the lock that it was made from. */
const markerFile = "pylock.toml";

/** Drafts of processes that were killed: nothing takes longer than this. */
const abandonedMilliseconds = 24 * 60 * 60 * 1000;

/**
 * A virtual environment made from a lock, hashes verified; kept in Reprise's cache, one for each lock and Python.
 * Several processes may ask for the same one at the same time: each makes a draft, the first to be done wins.
 * Throws ProblemError: RP301 no uv, RP302 no such Python, RP305 no index, RP306 a package that cannot be installed.
 */
export async function makeEnvironment(environment: Environment, options: MakeOptions = {}): Promise<PythonEnvironment> {
  const cache = cacheFolder("environments");
  const identity = [environment.lockHash, environment.python, process.platform, process.arch].join("\0");
  const name = createHash("sha256").update(identity).digest("hex").slice(0, 20);
  const folder = join(cache, name);
  const made = async (): Promise<PythonEnvironment> => {
    const python = interpreterOf(folder);
    return { python, version: await pythonVersion(python, options), folder, lockHash: environment.lockHash };
  };
  if (isWhole(folder)) return made();
  await removeAbandoned(cache);
  const draft = await mkdtemp(join(cache, `draft-${name}-`));
  try {
    await fill(draft, environment, options);
    await putInPlace(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true, maxRetries: 3 });
  }
  return made();
}

/** Its Python must still answer to its name: an upgrade of the system's Python leaves dangling links behind. */
function isWhole(folder: string): boolean {
  return existsSync(join(folder, markerFile)) && existsSync(interpreterOf(folder));
}

async function fill(draft: string, environment: Environment, options: MakeOptions): Promise<void> {
  const { python, packages } = environment;
  const count = `${packages.length} ${packages.length === 1 ? "package" : "packages"}`;
  const task = `Installing ${count}`;
  options.onProgress?.({ task, detail: `for Python ${python}` });
  const what = `make the environment of ${count} for Python ${python}`;
  // One that is not here, uv may download.
  const interpreter = await findPython(python, options).catch((error: unknown) => {
    if (error instanceof ProblemError && error.problem.id === "RP302") return python;
    throw error;
  });
  const venv = await runUv(
    ["venv", "--relocatable", "--no-project", "--allow-existing", "--python", interpreter, draft],
    options,
  );
  if (venv.code !== 0) throw uvProblem(venv.stderr, { what, python });
  const lock = join(draft, markerFile);
  await writeFile(lock, environment.lock);
  // Python compiles what it imports and keeps it, unless it is told not to: then it is done here, once.
  const compile = process.env.PYTHONDONTWRITEBYTECODE ? ["--compile-bytecode"] : [];
  const synced = await runUv(
    ["pip", "sync", "--python", interpreterOf(draft), "--allow-empty-requirements", ...compile, lock],
    { ...options, task },
  );
  if (synced.code !== 0) throw uvProblem(synced.stderr, { what, python });
}

async function putInPlace(draft: string, folder: string): Promise<void> {
  if (!isWhole(folder)) await rm(folder, { recursive: true, force: true });
  try {
    await rename(draft, folder);
  } catch (error) {
    // Another process was faster: its environment is from the same lock.
    if (!isWhole(folder)) throw error;
  }
}

async function removeAbandoned(cache: string): Promise<void> {
  for (const entry of await readdir(cache)) {
    if (!entry.startsWith("draft-")) continue;
    const path = join(cache, entry);
    const made = await stat(path).catch(() => undefined);
    if (made !== undefined && Date.now() - made.mtimeMs > abandonedMilliseconds) {
      await rm(path, { recursive: true, force: true });
    }
  }
}
