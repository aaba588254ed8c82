import assert from "node:assert/strict";
import { type SpawnOptions, spawn } from "node:child_process";
import { chownSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../core/src/host/child-process.ts";
import { launcher } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { notebookText } from "../support/notebooks.ts";

/** As people name folders: no shell and no program on the way may take it apart. */
const folderName = "Über uns & 'co' $HOME";
const nobody = { uid: 65534, gid: 65534 };

test("every shell finds the command and a path with spaces, quotes and letters of other languages", async (context) => {
  const folder = join(temporaryFolder(context), folderName);
  mkdirSync(folder);
  writeFileSync(join(folder, "my notebook ü.ipynb"), notebookText(["x = 1", "print(x)"]));
  const command = `"${process.execPath}" "${launcher}" analyze "my notebook ü.ipynb" --json`;
  const answers = await Promise.all(
    ["sh", "dash", "bash", "zsh", "fish", "ksh"].map(async (shell) => {
      const ran = await runProcess(shell, ["-c", command], { directory: folder }).catch(() => undefined);
      if (ran !== undefined) assert.equal(JSON.parse(ran.stdout).outcome, "clean", `${shell}: ${ran.stderr}`);
      return ran;
    }),
  );
  assert.ok(answers[0] !== undefined || process.platform === "win32");
});

test("a user without rights runs a notebook in a locked environment, from nothing, in a folder of its own", async (context) => {
  if (process.getuid?.() !== 0)
    return context.skip("these tests run without rights already; only root can become somebody else");
  const home = temporaryFolder(context);
  const folder = join(home, folderName);
  mkdirSync(folder);
  writeFileSync(join(folder, "notebook.ipynb"), notebookText(["import os\nprint(os.getuid())"]));
  for (const path of [home, folder, join(folder, "notebook.ipynb")]) chownSync(path, nobody.uid, nobody.gid);
  // Nothing of root's: not its Python, not its caches.
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: home,
    PATH: "/usr/local/bin:/usr/bin:/bin",
    TMPDIR: home,
    NO_COLOR: "1",
  };
  for (const name of ["REPRISE_CACHE", "REPRISE_UV", "REPRISE_HOME", "UV_CACHE_DIR", "PYENV_ROOT"])
    delete environment[name];
  const options = { cwd: folder, env: environment, ...nobody };
  const [python, node] = await Promise.all([
    output("python3", ["-c", "import venv, sys; print(sys.version_info >= (3, 9))"], options),
    output(process.execPath, [launcher, "--version"], options),
  ]);
  if (!python.startsWith("True")) return context.skip("there is no Python 3.9 that every user may run");
  if (node === "") return context.skip("this clone may not be read by every user");
  const args = ["run", "notebook.ipynb", "out.ipynb", "--environment", "locked", "--json"];
  const { outcome, run, error } = JSON.parse(await output(process.execPath, [launcher, ...args], options));
  assert.equal(outcome, "succeeded", JSON.stringify(error));
  for (const path of ["out.ipynb", `.reprise/runs/${run}/record.json`]) {
    assert.equal(statSync(join(folder, path)).uid, nobody.uid, path);
  }
});

/** What a program prints; nothing where it cannot be started. */
async function output(command: string, args: readonly string[], options: SpawnOptions): Promise<string> {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "inherit"] });
  const { promise, resolve } = Promise.withResolvers<string>();
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  child.once("error", () => resolve(""));
  child.once("close", () => resolve(text));
  return promise;
}
