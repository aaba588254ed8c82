import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { runUv, sourcesHere } from "../core/src/environment/uv/run-uv.ts";
import { cacheFolder } from "../core/src/host/cache-folder.ts";

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
  // Made under another name and then renamed, so that processes that run side by side never see half of it.
  const draft = `${folder}.${process.pid}`;
  try {
    await must(["venv", "--relocatable", "--quiet", draft]);
    const { findLinks } = await sourcesHere();
    const links = findLinks.flatMap((place) => ["--find-links", place]);
    const only = isComplete ? ["--no-deps"] : [];
    await must(["pip", "install", "--quiet", ...only, "--python", draft, ...links, "--requirement", resolve(pins)]);
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return python;
}

/** With pip's configuration, as everything that Reprise installs: index, proxy, certificates, local wheels. */
async function must(args: readonly string[]): Promise<void> {
  const { code, stderr } = await runUv(args);
  if (code !== 0) throw new Error(`uv ${args[0]} ended with ${code}: ${stderr}`);
}
