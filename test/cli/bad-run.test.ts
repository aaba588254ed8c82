/** What stands in a run's way: the exit code, the problem with its mend, and that nothing is left half-written. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { type FinishedProcess, type ProcessOptions, spawnTree } from "../../core/src/host/child-process.ts";
import { answerOf, launcher, reprise } from "../support/cli.ts";
import { requireDocker } from "../support/docker.ts";
import { temporaryFolder } from "../support/folder.ts";
import { type NewCell, notebookText } from "../support/notebooks.ts";
import { proxiedEngine } from "../support/proxied-engine.ts";
import { requirePython } from "../support/python.ts";
import { requireDisk } from "../support/small-disk.ts";

interface Problem {
  readonly id: string;
  readonly message: string;
  readonly mend: string;
}

const told = (finished: FinishedProcess) => finished.stdout.slice(0, 3000) + finished.stderr.slice(0, 3000);

/** A folder with `a.ipynb`. */
function folderWith(context: TestContext, cells: readonly (string | NewCell)[]): string {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "a.ipynb"), notebookText(cells));
  return folder;
}

async function kernelEnvironment(context: TestContext): Promise<string | undefined> {
  const python = await requirePython(context, "kernel");
  return python && dirname(dirname(python));
}

/** Calls with `--json` in a folder, with the store of runs in it. */
function call(folder: string, args: readonly string[], options: ProcessOptions = {}): Promise<FinishedProcess> {
  const environment = { REPRISE_HOME: join(folder, ".reprise"), ...options.environment };
  return reprise([...args, "--json"], { directory: folder, ...options, environment });
}

/** That the call failed with a problem that says how to mend it, and left these files. */
function failedWith(finished: FinishedProcess, id: string, exit: number): Problem {
  const { error } = answerOf(finished) as { error?: Problem };
  assert.equal(error?.id, id, told(finished));
  assert.equal(finished.code, exit);
  assert.ok(error.mend.length > 10);
  return error;
}

const parameters: NewCell = { source: "learning_rate = 0.5\ntrees = 10", tags: ["parameters"] };

describe("a run in trouble", { concurrency: 2 }, () => {
  for (const { name, given, id, mend } of [
    { name: "does not exist", given: ["learning_rat", "1"], id: "RP142", mend: /Did you mean learning_rate\?/ },
    { name: "has the wrong type", given: ["trees", "many"], id: "RP143", mend: /whole number/ },
    { name: "is empty", given: ["trees", ""], id: "RP143", mend: /whole number/ },
  ]) {
    test(`a parameter that ${name} is refused before anything runs`, async (context) => {
      const folder = folderWith(context, [parameters, "print(trees)"]);
      const finished = await call(folder, ["run", "a.ipynb", "out.ipynb", "-p", ...given]);
      assert.match(failedWith(finished, id, 2).mend, mend);
      assert.deepEqual(readdirSync(folder), ["a.ipynb"]);
    });
  }

  test("parameters that cannot be read are refused", async (context) => {
    const folder = folderWith(context, [parameters]);
    failedWith(await call(folder, ["run", "a.ipynb", "-f", "missing.yaml"]), "RP144", 2);
    failedWith(await call(folder, ["run", "a.ipynb", "-y", "[1, 2"]), "RP144", 2);
    failedWith(await call(folder, ["run", "a.ipynb", "-y", "just text"]), "RP144", 2);
    failedWith(await call(folder, ["run", "a.ipynb", "--cwd", "nowhere"]), "RP144", 2);
    failedWith(await call(folder, ["run", "a.ipynb", "--environment", "nowhere"]), "RP144", 2);
    failedWith(await call(folder, ["run", "a.ipynb", "--kernel", "no-such-kernel"]), "RP310", 3);
    assert.deepEqual(readdirSync(folder), ["a.ipynb"]);
  });

  test("the notebook is never written to", async (context) => {
    const folder = folderWith(context, ["x = 1"]);
    const before = readFileSync(join(folder, "a.ipynb"), "utf8");
    failedWith(await call(folder, ["run", "a.ipynb", "./a.ipynb"]), "RP141", 2);
    assert.equal(readFileSync(join(folder, "a.ipynb"), "utf8"), before);
  });

  test("what is no file of text is told, not read", async (context) => {
    const folder = folderWith(context, ["x = 1"]);
    writeFileSync(join(folder, "latin.ipynb"), Buffer.from(notebookText(["x = 'caf\u00e9'"]), "latin1"));
    symlinkSync("round.ipynb", join(folder, "loop.ipynb"));
    symlinkSync("loop.ipynb", join(folder, "round.ipynb"));
    for (const [path, says] of [
      ["latin.ipynb", /UTF-8/],
      ["loop.ipynb", /circle/],
      [".", /folder, not a notebook/],
      ["a.ipynb/b.ipynb", /no such file/],
    ] as const) {
      assert.match(failedWith(await call(folder, ["analyze", path]), "RP101", 2).message, says);
    }
  });

  test("a disk that may only be read is told", async (context) => {
    const disk = await requireDisk(context, "ro");
    const environment = await kernelEnvironment(context);
    if (disk === undefined || environment === undefined) return;
    const folder = folderWith(context, ["open('touched', 'w')"]);
    failedWith(await call(folder, ["convert", "a.ipynb", "-o", join(disk, "out"), "--no-lock"]), "RP361", 3);
    failedWith(await call(folder, ["env", "lock", "a.ipynb", "-o", join(disk, "pylock.toml")]), "RP361", 3);
    const run = ["run", "a.ipynb", "--environment", environment];
    failedWith(await call(folder, [...run, join(disk, "out.ipynb")]), "RP361", 3);
    const unsaved = await call(folder, run, { environment: { REPRISE_HOME: join(disk, "store") } });
    failedWith(unsaved, "RP343", 3);
    assert.equal(existsSync(join(folder, "touched")), false, "nothing was run");
    assert.deepEqual(readdirSync(disk), []);
  });

  test("a full disk is told, and what was whole before stays whole", async (context) => {
    const disk = await requireDisk(context, "size=64k");
    const environment = await kernelEnvironment(context);
    if (disk === undefined || environment === undefined) return;
    const folder = folderWith(context, ["print('x' * 200_000)"]);
    failedWith(await call(folder, ["convert", "a.ipynb", "-o", join(disk, "out"), "--no-lock"]), "RP362", 3);
    assert.deepEqual(readdirSync(disk), []);
    const run = ["run", "a.ipynb", "--environment", environment];
    failedWith(await call(folder, [...run, join(disk, "out.ipynb")]), "RP362", 3);
    for (const file of readdirSync(disk)) JSON.parse(readFileSync(join(disk, file), "utf8"));
    const shown = answerOf(await call(folder, ["runs", "show", ...(await recordedRuns(folder))]));
    assert.partialDeepStrictEqual(
      shown,
      { record: { status: "failed", failure: { name: "OutputNotWritten" }, outputs: [{ name: "notebook.ipynb" }] } },
      "its record says it, and keeps the notebook",
    );
  });

  test("a folder in which nothing can be made is told, and does not keep anybody waiting", async (context) => {
    if (process.platform !== "linux") return context.skip("needs /proc");
    const environment = await kernelEnvironment(context);
    if (environment === undefined) return;
    const folder = folderWith(context, ["open('touched', 'w')"]);
    const run = ["run", "a.ipynb", "--environment", environment];
    failedWith(await call(folder, [...run, "/proc/x/y/out.ipynb"]), "RP361", 3);
    failedWith(await call(folder, ["env", "lock", "a.ipynb", "-o", "/proc/x/y"]), "RP361", 3);
    failedWith(await call(folder, ["convert", "a.ipynb", "-o", "/proc/x/y", "--no-lock"]), "RP361", 3);
    failedWith(await call(folder, run, { environment: { REPRISE_HOME: "/proc/x/y" } }), "RP343", 3);
    assert.equal(existsSync(join(folder, "touched")), false, "nothing was run");
  });

  test("a store on a full disk is told", async (context) => {
    const disk = await requireDisk(context, "size=64k");
    const environment = await kernelEnvironment(context);
    if (disk === undefined || environment === undefined) return;
    const folder = folderWith(context, ["print('x' * 200_000)"]);
    const finished = await call(folder, ["run", "a.ipynb", "--environment", environment], {
      environment: { REPRISE_HOME: disk },
    });
    failedWith(finished, "RP343", 3);
  });

  test("without uv, and without a way to get it, a lock is refused", async (context) => {
    const folder = folderWith(context, ["import yaml"]);
    const named = await call(folder, ["env", "lock", "a.ipynb"], { environment: { REPRISE_UV: "/nowhere/uv" } });
    failedWith(named, "RP301", 3);
    const cache = join(folder, "cache");
    const unreachable = await call(folder, ["env", "lock", "a.ipynb"], {
      environment: {
        REPRISE_CACHE: cache,
        PATH: (process.env.PATH ?? "")
          .split(":")
          .filter((part) => !existsSync(join(part, "uv")))
          .join(":"),
        PIP_CONFIG_FILE: "/dev/null",
        PIP_INDEX_URL: "http://127.0.0.1:1/simple",
        PIP_FIND_LINKS: "",
        PIP_RETRIES: "0",
      },
    });
    failedWith(unreachable, "RP301", 3);
    assert.deepEqual(readdirSync(folder).sort(), ["a.ipynb", "cache"]);
    assert.deepEqual(
      readdirSync(cache).filter((name) => name.startsWith("uv")),
      [],
    );
  });

  test("without a container engine, a run in one is refused", async (context) => {
    const folder = folderWith(context, ["x = 1"]);
    const finished = await call(folder, ["run", "a.ipynb", "out.ipynb", "--engine", "docker"], {
      environment: { DOCKER_HOST: `unix://${join(folder, "no.sock")}` },
    });
    assert.match(failedWith(finished, "RP324", 3).mend, /--engine local/);
    assert.equal(existsSync(join(folder, "out.ipynb")), false);
  });

  test("an engine that stops during a run is named; what ran until then is written and recorded", async (context) => {
    const daemon = await requireDocker(context);
    if (daemon === undefined) return;
    const folder = folderWith(context, ["print('first')", "import time\nprint('second', flush=True)\ntime.sleep(600)"]);
    const { cut } = await proxiedEngine(context, daemon);
    const finished = await call(folder, ["run", "a.ipynb", "out.ipynb", "--engine", "docker", "--log-output"], {
      onOutput: (_, text) => {
        if (/^second$/m.test(text)) cut();
      },
    });
    assert.notEqual(finished.code, 0, told(finished));
    assert.notEqual(finished.code, 4, told(finished));
    assert.match(finished.stdout, /engine/i);
    assert.match(readFileSync(join(folder, "out.ipynb"), "utf8"), /first/);
    const listed = answerOf(await call(folder, ["runs", "list"])) as { runs: { status: string }[] };
    assert.deepEqual(
      listed.runs.map(({ status }) => status === "died" || status === "failed"),
      [true],
    );
  });

  test("a tracker that does not answer never fails a run, and is told at its end", async (context) => {
    const environment = await kernelEnvironment(context);
    if (environment === undefined) return;
    const folder = folderWith(context, ["x = 1"]);
    const address = `http://127.0.0.1:${await freePort()}`;
    const run = ["run", "a.ipynb", "--environment", environment, "--tracking", address];
    const finished = await call(folder, run);
    assert.equal(finished.code, 0, told(finished));
    const { outcome, record, tracking } = answerOf(finished) as {
      outcome: string;
      record: string;
      tracking: { kind: string; error: string }[];
    };
    assert.equal(outcome, "succeeded");
    assert.match(tracking[0]?.error ?? "", /does not answer/);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, record), "utf8")).tracking, tracking);
    failedWith(await call(folder, [...run.slice(0, -1), "nonsense://x"]), "RP344", 2);
  });

  test("Ctrl-C stops the cell and the kernel, and leaves a notebook and a record", async (context) => {
    const environment = await kernelEnvironment(context);
    if (environment === undefined) return;
    const slow = "import os, time\nprint(f'kernel {os.getpid()}.', flush=True)\ntime.sleep(600)";
    const folder = folderWith(context, ["print('first')", slow, "x = 1"]);
    const args = ["run", "a.ipynb", "out.ipynb", "--environment", environment, "--log-output", "--json"];
    const child = spawnTree(process.execPath, [launcher, ...args], {
      cwd: folder,
      env: { ...process.env, REPRISE_HOME: join(folder, ".reprise") },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let kernel = 0;
    let stdout = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      const found = /kernel (\d+)\./.exec(stderr);
      if (found && kernel === 0) {
        kernel = Number(found[1]);
        child.kill("SIGINT");
      }
    });
    const code = await new Promise((resolve) => child.once("close", resolve));
    assert.equal(code, 130, stdout + stderr);
    assert.throws(() => process.kill(kernel, 0), { code: "ESRCH" }, "the kernel is gone");
    const answer = JSON.parse(stdout);
    assert.equal(answer.outcome, "interrupted");
    assert.match(readFileSync(join(folder, "out.ipynb"), "utf8"), /first/);
    assert.equal(JSON.parse(readFileSync(join(folder, answer.record), "utf8")).status, "interrupted");
    assert.deepEqual(readdirSync(folder).sort(), [".reprise", "a.ipynb", "out.ipynb"]);
  });

  for (const { name, source } of [
    { name: "ends itself", source: "import os\nos._exit(3)" },
    { name: "is killed", source: "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)" },
  ]) {
    test(`a kernel that ${name} is told with 138, with what ran before`, async (context) => {
      const environment = await kernelEnvironment(context);
      if (environment === undefined) return;
      const folder = folderWith(context, ["print('first')", source, "x = 1"]);
      const finished = await call(folder, ["run", "a.ipynb", "out.ipynb", "--environment", environment]);
      assert.equal(finished.code, 138, told(finished));
      assert.partialDeepStrictEqual(answerOf(finished), {
        outcome: "died",
        cells: [{ status: "ok" }, { status: "error" }, { status: "not-reached" }],
      });
      assert.match(readFileSync(join(folder, "out.ipynb"), "utf8"), /first/);
    });
  }
});

/** The ids of the runs in the store of a folder. */
async function recordedRuns(folder: string): Promise<readonly string[]> {
  const listed = answerOf(await call(folder, ["runs", "list"])) as { runs: { id: string }[] };
  return listed.runs.map(({ id }) => id);
}

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
