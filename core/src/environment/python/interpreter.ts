import { existsSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { runProcess } from "../../host/child-process.ts";
import { ProblemError } from "../../problem/problem.ts";
import type { LockedPackage, PythonEnvironment } from "../environment.ts";
import { runUv } from "../uv/run-uv.ts";
import type { UvOptions } from "../uv/uv.ts";
import { uvProblem } from "../uv/uv-failure.ts";
import { isSupported, oldestPython, recordedPython } from "./recorded-python.ts";
import { pythonsOf, releasedAfter } from "./release-days.ts";
import { managedPython } from "./version-manager.ts";

/** A Python as it is. */
export interface InspectedPython {
  readonly python: string;
  /** `3.11.7`. */
  readonly version: string;
  readonly folder: string;
  readonly isVirtual: boolean;
  /** By name, as installed. */
  readonly packages: readonly LockedPackage[];
}

/** Runs in the Python that is looked at: the standard library alone, any version from 3.8 on. */
const inspection = `
import json, sys
from importlib import metadata
packages = {}
for distribution in metadata.distributions():
    name = distribution.metadata["Name"]
    if name and name not in packages:
        packages[name] = distribution.version
print(json.dumps({
    "python": sys.executable,
    "version": "%d.%d.%d" % sys.version_info[:3],
    "folder": sys.prefix,
    "isVirtual": sys.prefix != sys.base_prefix,
    "packages": [{"name": name, "version": packages[name]} for name in sorted(packages, key=str.lower)],
}))
`;

/** What a Python is and has. `python` is a program. Throws ProblemError RP309. */
export async function inspectEnvironment(python: string, options: UvOptions = {}): Promise<InspectedPython> {
  // Isolated from the working directory: a json.py beside the notebook is not the standard library's.
  return JSON.parse(await askPython(python, ["-I", "-c", inspection], options)) as InspectedPython;
}

/** The version that an interpreter says it has, in a few milliseconds: it answers before it starts. Throws ProblemError RP309. */
export async function pythonVersion(python: string, options: UvOptions = {}): Promise<string> {
  const answer = await askPython(python, ["-V"], options);
  return /^Python (\S+)/.exec(answer)?.[1] ?? (await inspectEnvironment(python, options)).version;
}

/** What a Python prints on standard output. */
async function askPython(python: string, args: readonly string[], { signal }: UvOptions): Promise<string> {
  let cause: string;
  try {
    const answer = await runProcess(python, args, signal ? { signal } : {});
    if (answer.code === 0) return answer.stdout;
    cause = answer.stderr.trim().split("\n").slice(-3).join("\n");
  } catch (error) {
    signal?.throwIfAborted();
    cause = error instanceof Error ? error.message : String(error);
  }
  throw new ProblemError({
    id: "RP309",
    message: `${python} is not a Python that can be run.`,
    mend: "Name a Python program or a virtual environment (--environment PATH).",
    cause,
  });
}

/** The interpreter of a virtual environment's folder. */
export function interpreterOf(folder: string): string {
  return join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
}

/** A Python that was only found, as an environment to run in. Throws ProblemError RP309. */
export async function foundEnvironment(python: string, options: UvOptions = {}): Promise<PythonEnvironment> {
  const virtual = dirname(dirname(python));
  if (isAbsolute(python) && existsSync(join(virtual, "pyvenv.cfg"))) {
    return { python, version: await pythonVersion(python, options), folder: virtual };
  }
  const { folder, version } = await inspectEnvironment(python, options);
  return { python, version, folder: folder === "" ? dirname(python) : folder };
}

/**
 * The path of a Python on this machine: of that version (`3.11`), or the one that a shell would find. Nothing is
 * downloaded. Throws ProblemError RP302.
 */
export async function findPython(version?: string, options: UvOptions = {}): Promise<string> {
  const wanted = version === undefined ? [] : [version];
  const answer = await runUv(["python", "find", "--system", "--no-python-downloads", ...wanted], options);
  if (answer.code === 0) return answer.stdout.trim();
  if (version === undefined) throw uvProblem(answer.stderr, { what: "find a Python" });
  // uv stops at a version manager's shim for a version that is installed, but not active.
  const managed = managedPython(version);
  if (managed !== undefined) return managed;
  throw new ProblemError({
    id: "RP302",
    message: `There is no Python ${version} on this machine.`,
    mend: `Install Python ${version} (uv python install ${version}), or take one that is here with --python.`,
  });
}

export interface ChosenPython {
  /** `3.11`. */
  readonly version: string;
  readonly reason: string;
}

export interface PythonChoice extends UvOptions {
  /** The last day (UTC) whose packages are wanted, `2022-12-07`: a Python that came out later has none of them. */
  readonly lastDay?: string;
}

/**
 * Which Python to lock for: `wanted` (the user's word), else what the notebook recorded if it is not too old and this
 * machine has it, else what this machine has, an older one for packages of long ago. Never throws for a version that is
 * missing.
 */
export async function choosePython(
  wanted: string | undefined,
  recorded: string | undefined,
  options: PythonChoice = {},
): Promise<ChosenPython> {
  if (wanted !== undefined) return { version: wanted, reason: `Python ${wanted} was asked for.` };
  const minor = recordedPython(recorded);
  if (minor !== undefined && isSupported(minor) && (await isHere(minor, options))) {
    return { version: minor, reason: `Python ${minor}: the notebook was saved with ${recorded}.` };
  }
  const { version } = await inspectEnvironment(await findPython(undefined, options), options);
  const here = /^3\.\d+/.exec(version)?.[0] ?? version;
  const older = await olderPython(here, options);
  if (older !== undefined) return older;
  return { version: here, reason: `Python ${here}: ${whyNotRecorded(minor)}.` };
}

/** The newest Python of this machine that was there on the last day, where the usual one was not. */
async function olderPython(usual: string, options: PythonChoice): Promise<ChosenPython | undefined> {
  const { lastDay } = options;
  if (lastDay === undefined || releasedAfter(usual, lastDay) === undefined) return undefined;
  for (const version of pythonsOf(lastDay)) {
    if (await isHere(version, options)) {
      return { version, reason: `Python ${version}: ${usual} came out after ${lastDay}.` };
    }
  }
  return undefined;
}

async function isHere(version: string, options: UvOptions): Promise<boolean> {
  try {
    await findPython(version, options);
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.id === "RP302") return false;
    throw error;
  }
}

function whyNotRecorded(minor: string | undefined): string {
  if (minor === undefined) return "the notebook does not say which";
  if (isSupported(minor)) return `the notebook's ${minor} is not on this machine`;
  return `the notebook's ${minor} is older than ${oldestPython}`;
}
