import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { uvProgram } from "../../core/src/environment/uv.ts";
import { cacheFolder } from "../../core/src/host/cache-folder.ts";
import { runProcess } from "../../core/src/host/child-process.ts";

/** The environments that tests run in; `test/environments/<name>.txt` pins each. */
export type TestEnvironment =
  | "kernel"
  | "kernel6"
  | "ml"
  | "values"
  | "lint"
  | "mlflow"
  | "dvc"
  | "notebooks"
  | "ipython-7"
  | "ipython-8"
  | "soorgeon";

const made = new Map<TestEnvironment, Promise<string>>();

/** The interpreter of a test environment, made on first use and kept in Reprise's cache. */
export function testPython(name: TestEnvironment): Promise<string> {
  let python = made.get(name);
  if (python === undefined) {
    python = makeEnvironment(name);
    made.set(name, python);
  }
  return python;
}

/** As `testPython`; where the environment cannot be made, the test is skipped (or fails under REPRISE_REQUIRE=all). */
export async function requirePython(context: TestContext, name: TestEnvironment): Promise<string | undefined> {
  try {
    return await testPython(name);
  } catch (error) {
    if (process.env.REPRISE_REQUIRE === "all") throw error;
    context.skip(`no Python environment "${name}" here: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

async function makeEnvironment(name: TestEnvironment): Promise<string> {
  const pins = join(import.meta.dirname, "..", "environments", `${name}.txt`);
  const hash = createHash("sha256").update(readFileSync(pins)).digest("hex").slice(0, 16);
  const folder = join(cacheFolder("test-environments"), `${name}-${hash}`);
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(python)) return python;
  const uv = await uvProgram();
  // Made under another name and then renamed, so that test files that run side by side never see half of it.
  const draft = `${folder}.${process.pid}`;
  try {
    await must(uv, ["venv", "--relocatable", "--quiet", draft]);
    const findLinks = await pipFindLinks();
    await must(uv, ["pip", "install", "--quiet", "--python", draft, ...findLinks, "--requirement", pins]);
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
