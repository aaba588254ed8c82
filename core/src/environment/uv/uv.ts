import { existsSync } from "node:fs";
import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../../host/cache-folder.ts";
import { runProcess } from "../../host/child-process.ts";
import { ProblemError } from "../../problem/problem.ts";
import type { ProgressListener } from "../../text/progress.ts";
import { compareVersions } from "../lock/version.ts";
import { lastLines } from "./uv-failure.ts";

/** The first uv whose `pip compile` and `pip sync` know PEP 751 without asking for a preview. */
const minimumUv = "0.8.0";

const executables = process.platform === "win32" ? ["bin/uv.exe", "Scripts/uv.exe"] : ["bin/uv"];

export interface UvOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

let found: Promise<string> | undefined;

/**
 * The path of a `uv` to use: `REPRISE_UV`, the one on the PATH, or one that pip installs into Reprise's own cache.
 * `python` is any Python 3.9 or newer that has pip or venv. Throws ProblemError RP301 that says what is missing.
 */
export async function uvProgram(python = "python3", options: UvOptions = {}): Promise<string> {
  const named = process.env.REPRISE_UV;
  if (named !== undefined && named !== "") return await namedUv(named);
  found ??= findOrInstall(python, options);
  try {
    return await found;
  } catch (error) {
    found = undefined;
    throw error;
  }
}

/** The uv that would be used and its version; `undefined` where one would have to be got first. Installs nothing. */
export async function presentUv(): Promise<{ readonly program: string; readonly version: string } | undefined> {
  const own = executableIn(join(cacheFolder(), "uv"));
  for (const program of process.env.REPRISE_UV ? [process.env.REPRISE_UV] : ["uv", ...(own ? [own] : [])]) {
    const version = await uvVersion(program);
    if (version !== undefined && compareVersions(version, minimumUv) >= 0) return { program, version };
  }
  return undefined;
}

async function namedUv(program: string): Promise<string> {
  const version = await uvVersion(program);
  if (version !== undefined && compareVersions(version, minimumUv) >= 0) return program;
  throw new ProblemError({
    id: "RP301",
    message:
      version === undefined
        ? `REPRISE_UV names ${program}, which is not a uv that can be run.`
        : `REPRISE_UV names uv ${version}; ${minimumUv} or newer is needed.`,
    mend: "Point REPRISE_UV at a newer uv, or unset it: Reprise then gets its own.",
  });
}

async function findOrInstall(python: string, options: UvOptions): Promise<string> {
  const onPath = await uvVersion("uv");
  if (onPath !== undefined && compareVersions(onPath, minimumUv) >= 0) return "uv";
  const folder = join(cacheFolder(), "uv");
  const own = executableIn(folder);
  if (own !== undefined) return own;
  options.onProgress?.({ task: "Getting uv", detail: "pip install uv, into Reprise's cache" });
  // Made under another name and renamed, so that processes that run side by side never see half of it.
  const draft = await mkdtemp(join(cacheFolder(), "uv.draft-"));
  try {
    await installInto(draft, python, options.signal);
    await replaceFolder(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return executableIn(folder) as string;
}

/** Another process may have put its own there in the meantime: then that one stays. */
async function replaceFolder(draft: string, folder: string): Promise<void> {
  if (executableIn(folder) !== undefined) return;
  await rm(folder, { recursive: true, force: true });
  try {
    await rename(draft, folder);
  } catch (error) {
    if (executableIn(folder) === undefined) throw error;
  }
}

/**
 * `pip install --target` needs only pip; Debian's python3 has neither pip nor ensurepip, other Pythons have no pip but
 * can make a virtual environment that has one.
 */
async function installInto(draft: string, python: string, signal: AbortSignal | undefined): Promise<void> {
  const options = signal === undefined ? {} : { signal };
  const version = await runProcess(python, ["--version"], options).catch(() => undefined);
  signal?.throwIfAborted();
  if (version?.code !== 0) {
    throw uvMissing(`there is no Python called "${python}" to install it with`, undefined);
  }
  const wanted = `uv>=${minimumUv}`;
  const target = join(draft, "packages");
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  let installed = await runProcess(python, [...pip, "--target", target, wanted], options);
  if (installed.code !== 0 && installed.stderr.includes("No module named pip")) {
    const venv = await runProcess(python, ["-m", "venv", join(draft, "venv")], options);
    if (venv.code !== 0) {
      const debian = "On Debian and Ubuntu: apt-get install python3-pip (or python3-venv).";
      throw uvMissing(`${python} has neither pip nor a working venv module`, `${venv.stdout}${venv.stderr}`, debian);
    }
    const inside = join(draft, "venv", process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
    installed = await runProcess(inside, [...pip, "--target", target, wanted], options);
  }
  if (installed.code !== 0) throw uvMissing(`${python} -m pip install uv failed`, installed.stderr);
  // What is kept is the program alone, where `executables` looks for it.
  for (const entry of await readdir(target)) await rename(join(target, entry), join(draft, entry));
  await rm(join(draft, "venv"), { recursive: true, force: true });
  if (executableIn(draft) === undefined) throw uvMissing("pip installed uv without a program", undefined);
}

function uvMissing(why: string, output: string | undefined, how?: string): ProblemError {
  return new ProblemError({
    id: "RP301",
    message: `There is no uv ${minimumUv} or newer on the PATH, and Reprise cannot get one: ${why}.`,
    mend:
      `${how ?? "Install uv (https://docs.astral.sh/uv/), or let pip reach an index (pip config set global.index-url URL; "}` +
      `${how === undefined ? "behind a proxy: HTTPS_PROXY, PIP_CERT)" : ""}, or set REPRISE_UV to a uv program.`,
    ...(output === undefined ? {} : { cause: lastLines(output) }),
  });
}

function executableIn(folder: string): string | undefined {
  return executables.map((name) => join(folder, name)).find((path) => existsSync(path));
}

async function uvVersion(program: string): Promise<string | undefined> {
  const answer = await runProcess(program, ["--version"]).catch(() => undefined);
  return answer?.code === 0 ? /^uv (\d+\.\d+\.\d+)/.exec(answer.stdout)?.[1] : undefined;
}
