import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../host/cache-folder.ts";
import { runProcess } from "../host/child-process.ts";

const executable = process.platform === "win32" ? join("Scripts", "uv.exe") : join("bin", "uv");

/**
 * The path of a `uv` to use: `REPRISE_UV`, the one on the PATH, or one that pip installs into Reprise's own cache.
 * `python` is any Python 3.9 or newer that has pip and venv.
 */
export async function uvProgram(python = "python3"): Promise<string> {
  if (process.env.REPRISE_UV !== undefined) return process.env.REPRISE_UV;
  const onPath = await runProcess("uv", ["--version"]).catch(() => undefined);
  if (onPath?.code === 0) return "uv";
  const folder = cacheFolder("uv");
  const own = join(folder, executable);
  if (!existsSync(own)) {
    const made = await runProcess(python, ["-m", "venv", folder]);
    if (made.code !== 0) throw new Error(`python -m venv failed: ${made.stderr}`);
    const pip = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
    const installed = await runProcess(pip, ["-m", "pip", "install", "--quiet", "uv"]);
    if (installed.code !== 0) throw new Error(`pip install uv failed: ${installed.stderr}`);
  }
  return own;
}
