import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { launcher, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { writeNotebookFile } from "../support/notebooks.ts";
import { requirePython } from "../support/python.ts";

/** A folder for JUPYTER_PATH whose kernels say by a variable which one they are. */
function kernelsThatSayTheirName(folder: string, python: string, names: readonly string[]): string {
  for (const name of names) {
    mkdirSync(join(folder, "kernels", name), { recursive: true });
    const argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"];
    const spec = { argv, language: "python", display_name: name, env: { WHICH: `${name} \${REPRISE_TEST_WORD}` } };
    writeFileSync(join(folder, "kernels", name, "kernel.json"), JSON.stringify(spec));
  }
  return folder;
}

test("the kernel is the one that is asked for, else the notebook's, else python3 (1)", async (context) => {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return;
  const folder = temporaryFolder(context);
  const environment = {
    JUPYTER_PATH: kernelsThatSayTheirName(join(folder, "jupyter"), python, ["python3", "own", "asked"]),
    REPRISE_TEST_WORD: "here",
  };
  const run = async (metadata: object, ...options: string[]): Promise<string> => {
    const notebook = writeNotebookFile(join(folder, "a.ipynb"), ["import os\nprint(os.environ['WHICH'])"], metadata);
    const finished = await reprise(["run", notebook, "-", "--no-save", ...options], { directory: folder, environment });
    assert.equal(finished.code, 0, finished.stderr);
    return JSON.parse(finished.stdout).cells[0].outputs[0].text.join("");
  };
  const own = { kernelspec: { name: "own", display_name: "own", language: "python" } };
  assert.equal(await run(own, "-k", "asked"), "asked here\n");
  assert.equal(await run(own), "own here\n");
  assert.equal(await run({}), "python3 here\n");
});

for (const [signal, exit] of [
  ["SIGINT", 130],
  ["SIGTERM", 130],
] as const) {
  test(`${signal} ends the run and the kernel with what it started, and nothing is left (9)`, async (context) => {
    const python = await requirePython(context, "kernel");
    if (python === undefined) return;
    const folder = temporaryFolder(context);
    const scratch = join(folder, "scratch");
    mkdirSync(scratch);
    const cell =
      "import os, subprocess, time\nchild = subprocess.Popen(['sleep', '600'])\n" +
      "open('pids.draft', 'w').write(f'{os.getpid()} {child.pid}')\nos.rename('pids.draft', 'pids')\ntime.sleep(600)";
    writeNotebookFile(join(folder, "a.ipynb"), [cell]);
    const child = spawn(
      process.execPath,
      [launcher, "run", "a.ipynb", "out.ipynb", "--environment", environmentOf(python)],
      {
        cwd: folder,
        env: { ...process.env, TMPDIR: scratch, REPRISE_HOME: join(folder, "store") },
        stdio: "ignore",
      },
    );
    const ended = new Promise((resolve) => child.once("exit", (code) => resolve(code)));
    while (!existsSync(join(folder, "pids"))) {
      assert.equal(child.exitCode, null, "the run ended too early");
      await setTimeout(50);
    }
    const pids = readFileSync(join(folder, "pids"), "utf8").split(" ").map(Number);
    child.kill(signal);
    assert.equal(await ended, exit);
    for (const pid of pids) assert.throws(() => process.kill(pid, 0), { code: "ESRCH" }, `${pid} is gone`);
    assert.deepEqual(readdirSync(scratch), []);
    assert.equal(JSON.parse(readFileSync(join(folder, "out.ipynb"), "utf8")).cells.length > 0, true);
  });
}

function environmentOf(python: string): string {
  return join(python, "..", "..");
}
