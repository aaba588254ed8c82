import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { type Analysis, ProblemError } from "@reprise/core";
import {
  type Environment,
  environmentFromLock,
  environmentOf,
  findPython,
  foundEnvironment,
  inspectEnvironment,
  interpreterOf,
  isIpykernel,
  type Kernelspec,
  kernelspecNamed,
  makeEnvironment,
  type PythonEnvironment,
  pinsBeside,
  pythonOfKernelspec,
  withPackages,
} from "@reprise/core/node";
import type { Call } from "../execute.ts";
import { isWithoutFolder } from "../input.ts";

/** A Python to run in, and the lock that it was made from where there is one; or a kernel that is started as it says. */
export interface ChosenEnvironment {
  readonly python?: PythonEnvironment;
  readonly kernelspec?: Kernelspec;
  readonly locked?: Environment;
  /** Why this one. */
  readonly reason: string;
}

export interface EnvironmentChoice {
  /** `auto`, `kernel`, `locked`, or the path of a lock, of a virtual environment or of an interpreter. */
  readonly which: string;
  readonly asOf?: string;
  /** The kernel to use instead of the notebook's. */
  readonly kernel?: string;
}

/**
 * The environment that a notebook runs in. `auto`: the lock beside it; without one the kernel that it names, as papermill
 * would. Throws ProblemError RP30x.
 */
export async function chooseEnvironment(
  analysis: Analysis,
  choice: EnvironmentChoice,
  call: Call,
): Promise<ChosenEnvironment> {
  const { which, kernel } = choice;
  if (which === "locked") return makeLocked(await lockOf(analysis, choice, call), call, "locked for this notebook");
  if (which !== "auto" && which !== "kernel") return environmentAt(which, call);
  if (which === "auto" && kernel === undefined) {
    const beside = pinsBeside(folderOf(analysis.notebook.path));
    if (beside?.lock !== undefined) {
      return makeLocked(await lockOf(analysis, choice, call), call, `${beside.file} beside the notebook`);
    }
  }
  const name = kernel ?? analysis.notebook.kernelName ?? "python3";
  const kernelspec = kernelspecNamed(name);
  const reason = `the kernel ${name}, as it is installed here`;
  // One that is started another way (in conda, by a script) is started that way.
  if (kernelspec.language === "python" && !isIpykernel(kernelspec)) return { kernelspec, reason };
  const python = await foundEnvironment(pythonOfKernelspec(name), { signal: call.signal });
  return { python, kernelspec, reason };
}

/**
 * The lock that an image is made from: the one that is named, else that of what the notebook needs. Throws ProblemError
 * RP141 for an environment of this machine, which cannot go into a container.
 */
export async function chooseLock(analysis: Analysis, choice: EnvironmentChoice, call: Call): Promise<Environment> {
  const { which } = choice;
  if (which === "auto" || which === "locked") return lockOf(analysis, choice, call);
  if (which !== "kernel" && !isInterpreter(which) && statSync(resolve(which), { throwIfNoEntry: false })?.isFile()) {
    return readLock(resolve(which), undefined, call);
  }
  throw new ProblemError({
    id: "RP141",
    message: `--environment ${which} cannot be used with --engine docker: a container is made from a lock`,
    mend: "Give auto, locked, or the path of a pylock.toml.",
  });
}

/** The lock of what a notebook needs. */
function lockOf(
  analysis: Analysis,
  choice: Pick<EnvironmentChoice, "asOf"> & { readonly python?: string; readonly alsoNeeded?: readonly string[] },
  call: Call,
): Promise<Environment> {
  return environmentOf(analysis.notebook, analysis.document, {
    signal: call.signal,
    onProgress: call.onProgress,
    ...(choice.asOf === undefined ? {} : { asOf: choice.asOf }),
    ...(choice.python === undefined ? {} : { python: choice.python }),
    ...(choice.alsoNeeded === undefined ? {} : { alsoNeeded: choice.alsoNeeded }),
  });
}

/** An environment made from a lock, with the kernel that runs notebooks beside what is locked. */
export async function makeLocked(environment: Environment, call: Call, reason: string): Promise<ChosenEnvironment> {
  const options = { signal: call.signal, onProgress: call.onProgress };
  const locked = await withPackages(environment, ["ipykernel"], options);
  return { python: await makeEnvironment(locked, options), locked, reason };
}

async function environmentAt(path: string, call: Call): Promise<ChosenEnvironment> {
  const full = resolve(path);
  if (!existsSync(full)) {
    throw new ProblemError({
      id: "RP144",
      message: `--environment ${path}: there is no such lock file, virtual environment or interpreter.`,
      mend: "Give auto, kernel, locked, or the path of a pylock.toml or of a virtual environment's folder.",
    });
  }
  const isFolder = statSync(full).isDirectory();
  if (isFolder || isInterpreter(full)) {
    const python = await foundEnvironment(isFolder ? interpreterOf(full) : full, { signal: call.signal });
    return { python, reason: `the environment ${path}` };
  }
  return makeLocked(await readLock(full, undefined, call), call, `the lock ${path}`);
}

/** By its name: `python3.11`, `python.exe`. */
function isInterpreter(path: string): boolean {
  return /^python[\d.]*(?:\.exe)?$/i.test(basename(path));
}

/** A lock file as an environment; for the Python of this machine where no version is named. */
export async function readLock(file: string, python: string | undefined, call: Call): Promise<Environment> {
  const version = python ?? (await inspectEnvironment(await findPython(), { signal: call.signal })).version;
  return environmentFromLock(await readFile(file, "utf8"), /^\d+\.\d+/.exec(version)?.[0] ?? version, file);
}

/** The folder of a notebook; the working directory for one from standard input or an address. */
export function folderOf(notebook: string): string {
  return isWithoutFolder(notebook) ? process.cwd() : dirname(resolve(notebook));
}
