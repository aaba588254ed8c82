import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { uvProgram } from "../core/src/environment/uv/uv.ts";
import { cacheFolder } from "../core/src/host/cache-folder.ts";
import { runProcess } from "../core/src/host/child-process.ts";

/**
 * The interpreter of an environment that holds what a file pins, made on first use and kept in Reprise's cache under
 * the file's content.
 *
 * @param pins A requirements file. Distributions that it does not name are installed where they are asked for, unless
 *   `isComplete` says that it names all that are wanted.
 * @throws Error where the environment cannot be made: no network, or no such distribution.
 */
export async function pinnedPython(pins: string, { isComplete = false } = {}): Promise<string> {
  const hash = createHash("sha256").update(readFileSync(pins)).digest("hex").slice(0, 16);
  const folder = join(cacheFolder("test-environments"), `${basename(pins, ".txt")}-${hash}`);
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(python)) return python;
  const uv = await uvProgram();
  // Made under another name and then renamed, so that processes that run side by side never see half of it.
  const draft = `${folder}.${process.pid}`;
  try {
    await must(uv, ["venv", "--relocatable", "--quiet", draft]);
    const findLinks = await pipFindLinks();
    const only = isComplete ? ["--no-deps"] : [];
    await must(uv, ["pip", "install", "--quiet", ...only, "--python", draft, ...findLinks, "--requirement", pins]);
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return python;
}

/** uv reads no pip configuration; local wheels (a CPU build of torch) are named there. */
async function pipFindLinks(): Promise<string[]> {
  const listed = await runProcess("python3", ["-m", "pip", "config", "get", "global.find-links"]).catch(
    () => undefined,
  );
  return listed?.code === 0
    ? listed.stdout.split(/\s+/).flatMap((folder) => (folder ? ["--find-links", folder] : []))
    : [];
}

async function must(command: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await runProcess(command, args);
  if (code !== 0) throw new Error(`${command} ${args[0]} ended with ${code}: ${stderr}`);
}
