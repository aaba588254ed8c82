import assert from "node:assert/strict";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { spawnTree } from "../../core/src/host/child-process.ts";
import { openRunStore } from "../../core/src/tracking/run-store.ts";
import { answerOf, repository, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { writeNotebookFile } from "../support/notebooks.ts";
import { requirePython } from "../support/python.ts";
import { runRecord } from "../support/run-record.ts";

/** Cell 4 waits for a file; `ran.txt` counts how often cell 1 ran. */
const cells = [
  "import os, random, time",
  "with open('ran.txt', 'a') as file:\n    file.write('x')\nprint('once')",
  "base = 20",
  "drawn = random.random()\nprint(f'{drawn:.17f}')",
  "while not os.path.exists('go.txt'):\n    time.sleep(0.02)\nprint('went on')",
  "print(base + 22)",
];

/** Runs until cell 4 waits, and kills the command line and its kernel without a word. */
async function cutOff(context: TestContext) {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return undefined;
  const folder = temporaryFolder(context);
  writeNotebookFile(join(folder, "a.ipynb"), cells);
  const environment = { REPRISE_HOME: join(folder, ".reprise") };
  const args = ["run", "a.ipynb", "out.ipynb", "--environment", dirname(dirname(python)), "--json"];
  const options = { directory: folder, environment };
  const main = join(repository, "cli", "src", "main.ts");
  const child = spawnTree(process.execPath, ["--disable-warning=ExperimentalWarning", main, ...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: "ignore",
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const journal = (): string => {
    const [file] = globSync(join(folder, ".reprise/runs/*/journal.jsonl"));
    return file === undefined ? "" : readFileSync(file, "utf8");
  };
  while (!/"at":"cell-start","cell":"cell-4"/.test(journal()) && child.exitCode === null) await setTimeout(50);
  child.kill("SIGKILL");
  await gone;
  return { folder, call: (...more: string[]) => reprise([...args, ...more], options), options };
}

test("a run whose runner was killed is continued: what is done and not needed is taken over", async (context) => {
  const run = await cutOff(context);
  if (run === undefined) return;
  const { folder, call, options } = run;
  const shown = answerOf(await reprise(["runs", "list", "--json"], options)) as {
    runs: { id: string; status: string }[];
  };
  assert.equal(shown.runs[0]?.status, "died");
  const before = outputsIn(join(folder, ".reprise/runs", shown.runs[0]?.id ?? "", "notebook.ipynb"));
  assert.deepEqual([before[1], before[5]], ["once\n", ""], "its notebook holds what it had done");

  writeFileSync(join(folder, "go.txt"), "");
  const resumed = answerOf(await call("--resume")) as { outcome: string; cells: { status: string; from?: string }[] };
  assert.equal(resumed.outcome, "succeeded");
  assert.deepEqual(
    resumed.cells.map(({ status, from }) => (from === shown.runs[0]?.id ? "kept" : status)),
    ["ok", "kept", "ok", "kept", "ok", "ok"],
  );
  assert.equal(readFileSync(join(folder, "ran.txt"), "utf8"), "x");
  assert.deepEqual(outputsIn(join(folder, "out.ipynb")), [...before.slice(0, 4), "went on\n", "42\n"]);
  const again = answerOf(await call("--resume")) as { error: { id: string; message: string } };
  assert.equal(again.error.id, "RP347");
  assert.match(again.error.message, /succeeded/);
});

test("a run is not continued where the notebook has changed", async (context) => {
  const run = await cutOff(context);
  if (run === undefined) return;
  writeNotebookFile(join(run.folder, "a.ipynb"), [...cells, "1"]);
  const { error } = answerOf(await run.call("--resume")) as { error: { id: string; message: string } };
  assert.equal(error.id, "RP347");
  assert.match(error.message, /notebook has changed/);
});

test("a run that still goes on is not continued beside itself", async (context) => {
  const folder = temporaryFolder(context);
  const python = await requirePython(context, "kernel");
  if (python === undefined) return;
  writeNotebookFile(join(folder, "a.ipynb"), ["1"]);
  const store = await openRunStore(join(folder, ".reprise"));
  // This process is its owner.
  await store.begin(runRecord({ code: { path: "a.ipynb", hash: "" }, started: new Date().toISOString() }));
  store.close();
  const args = ["run", "a.ipynb", "--resume", "--environment", dirname(dirname(python)), "--json"];
  const called = await reprise(args, { directory: folder, environment: { REPRISE_HOME: join(folder, ".reprise") } });
  const { error } = answerOf(called) as { error: { id: string; message: string } };
  assert.equal(error.id, "RP347", called.stdout);
  assert.match(error.message, /goes on/);
});

function outputsIn(path: string): string[] {
  const notebook = JSON.parse(readFileSync(path, "utf8")) as { cells: { outputs?: { text?: string | string[] }[] }[] };
  return notebook.cells.map(({ outputs = [] }) => outputs.map(({ text = "" }) => [text].flat().join("")).join(""));
}
