import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { KernelClient } from "../../../core/src/kernel/client.ts";
import { settlesWithin } from "../../../core/src/kernel/waiting.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { openKernel } from "../../../core/src/run/cells/kernel-session.ts";
import { requireEngine } from "../../support/engine.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { requirePython } from "../../support/python.ts";

/** Connection files and sockets of kernels lie in folders below this one, while the test lasts. */
function ownTemporaryFolder(context: TestContext): string {
  const folder = temporaryFolder(context);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  context.after(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
  return folder;
}

/** The folders with connection files and sockets. */
function connections(folder: string): string[] {
  return readdirSync(folder).filter((name) => !name.startsWith("reprise-test-"));
}

test("a kernel runs where it is told, with its variables, and leaves nothing behind (2, 10, 12)", async (context) => {
  const folder = ownTemporaryFolder(context);
  const work = temporaryFolder(context);
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { client, info } = await openKernel(engine, { directory: work, environment: { REPRISE_TEST: "é" } });
  assert.equal((info.language_info as { name: string }).name, "python");
  const [own] = connections(folder);
  assert.equal(statSync(join(folder, String(own), "connection.json")).mode & 0o777, 0o600);
  const { userExpressions } = await client.execute("import os, sys", {
    userExpressions: {
      seen: "os.getcwd(), os.environ['REPRISE_TEST']",
      paths: "'' in sys.path, any(p.endswith('agent') for p in sys.path)",
    },
  });
  const shown = (name: string) => (userExpressions[name] as { data: Record<string, string> }).data["text/plain"];
  // A long path makes IPython break the line.
  assert.equal(shown("seen")?.replace(/\s+/g, " "), `('${realpathSync(work)}', 'é')`);
  assert.equal(shown("paths"), "(True, False)");
  assert.deepEqual(await client.shutdown(), { code: 0, signal: null, outOfMemory: false, stderr: "" });
  assert.deepEqual(connections(folder), []);
});

test("a kernel that ends before it answers shows what it wrote, and leaves nothing behind (5, 6)", async (context) => {
  const folder = ownTemporaryFolder(context);
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const shadow = temporaryFolder(context);
  writeFileSync(join(shadow, "ipykernel.py"), "raise RuntimeError('no kernel today')");
  const opening = openKernel(engine, { directory: shadow, environment: { PYTHONPATH: shadow } });
  await assert.rejects(opening, (error: unknown) => {
    assert.ok(error instanceof ProblemError);
    assert.equal(error.problem.id, "RP322");
    assert.match(error.problem.cause ?? "", /no kernel today/);
    return true;
  });
  assert.deepEqual(connections(folder), []);
});

test("a kernel that does not answer in time is told and ended (4)", async (context) => {
  const folder = ownTemporaryFolder(context);
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const shadow = temporaryFolder(context);
  mkdirSync(join(shadow, "ipykernel"));
  writeFileSync(join(shadow, "ipykernel", "__init__.py"), "import time; time.sleep(600)");
  const environment = { PYTHONPATH: shadow };
  const opening = openKernel(engine, { directory: shadow, environment, timeoutMilliseconds: 200 });
  await assert.rejects(opening, { message: "The kernel did not answer within 0.2 s." });
  assert.deepEqual(connections(folder), []);
});

test("an abort while a kernel starts ends it (5)", async (context) => {
  const folder = ownTemporaryFolder(context);
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const controller = new AbortController();
  const opening = openKernel(engine, { directory: folder, signal: controller.signal });
  setTimeout(() => controller.abort(new Error("enough")), 50);
  await assert.rejects(opening, { message: "enough" });
  assert.deepEqual(connections(folder), []);
});

test("many kernels at once do not disturb each other, and closing the engine ends them all (15)", async (context) => {
  const folder = ownTemporaryFolder(context);
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const clients = await Promise.all(
    [1, 2, 3].map(async () => {
      const client = new KernelClient(await engine.startKernel({ directory: folder }));
      await client.ready();
      return client;
    }),
  );
  const ids = await Promise.all(
    clients.map(async (client) => {
      const { userExpressions } = await client.execute("import os", { userExpressions: { id: "os.getpid()" } });
      return (userExpressions.id as { data: Record<string, string> }).data["text/plain"];
    }),
  );
  assert.equal(new Set(ids).size, 3);
  await engine.close();
  await Promise.all(clients.map((client) => client.shutdown()));
  assert.deepEqual(connections(folder), []);
  for (const id of ids) assert.throws(() => process.kill(Number(id), 0), { code: "ESRCH" });
});

test("what a kernel started ends with it", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { client } = await openKernel(engine, { directory: temporaryFolder(context) });
  const { userExpressions } = await client.execute("import subprocess\nchild = subprocess.Popen(['sleep', '600'])", {
    userExpressions: { id: "child.pid" },
  });
  const id = Number((userExpressions.id as { data: Record<string, string> }).data["text/plain"]);
  process.kill(id, 0);
  await client.shutdown(200);
  await untilGone(id);
});

test("what a kernel started may end tidily after it", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const folder = temporaryFolder(context);
  const { client } = await openKernel(engine, { directory: folder });
  const child =
    "exec 2> /dev/null; trap 'sleep 0.1; echo bye > bye.txt; exit' TERM; echo > ready.txt; while :; do sleep 0.05; done";
  await client.execute(`import os, subprocess, time
subprocess.Popen(["sh", "-c", ${JSON.stringify(child)}])
while not os.path.exists("ready.txt"): time.sleep(0.02)`);
  await client.shutdown();
  assert.equal(readFileSync(join(folder, "bye.txt"), "utf8"), "bye\n");
});

test("a kernel has no debugger, but a notebook that imports debugpy gets it", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { client, info } = await openKernel(engine, { directory: temporaryFolder(context) });
  assert.ok(!(info.supported_features as string[] | undefined)?.includes("debugger"));
  const { userExpressions } = await client.execute("import debugpy", { userExpressions: { name: "debugpy.__name__" } });
  assert.equal((userExpressions.name as { data: Record<string, string> }).data["text/plain"], "'debugpy'");
  await client.shutdown();
});

test("a kernel whose runner was killed ends by itself (14)", async (context) => {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return;
  const script = `
    import { localEngine } from ${JSON.stringify(join(import.meta.dirname, "../../../core/src/engine/local-engine.ts"))};
    import { openKernel } from ${JSON.stringify(join(import.meta.dirname, "../../../core/src/run/cells/kernel-session.ts"))};
    const engine = await localEngine({ environment: { python: ${JSON.stringify(python)}, version: "3", folder: "" } });
    const { client } = await openKernel(engine, { directory: "." });
    const { userExpressions } = await client.execute("import os", { userExpressions: { id: "os.getpid()" } });
    console.log(userExpressions.id.data["text/plain"]);
    process.kill(process.pid, "SIGKILL");`;
  const { stdout } = await runProcess(process.execPath, ["--input-type=module", "-e", script], {
    directory: temporaryFolder(context),
    environment: { ...process.env, TMPDIR: temporaryFolder(context) },
  });
  assert.match(stdout, /^\d+\n$/);
  await untilGone(Number(stdout));
});

test("a program answers with its exit code and what it wrote; python is the environment's", async (context) => {
  const python = await requirePython(context, "kernel");
  const engine = await requireEngine(context);
  if (engine === undefined || python === undefined) return;
  const code = "import sys; print(sys.executable); print('err', file=sys.stderr); sys.exit(3)";
  const result = await engine.run({ command: ["python", "-c", code], directory: temporaryFolder(context) });
  assert.deepEqual(
    { ...result, seconds: 0 },
    {
      code: 3,
      signal: null,
      outOfMemory: false,
      stdout: `${python}\n`,
      stderr: "err\n",
      seconds: 0,
    },
  );
});

test("a program that takes too long is ended, and so is one at an abort", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const sleeping = { command: ["python", "-c", "import time; time.sleep(600)"], directory: "." } as const;
  const late = await engine.run({ ...sleeping, timeoutMilliseconds: 50 });
  assert.equal(late.signal, "SIGTERM");
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("enough")), 50);
  await assert.rejects(engine.run({ ...sleeping, signal: controller.signal }), { message: "enough" });
});

test("a program may take longer than a timer can count", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { code } = await engine.run({
    command: ["python", "-c", "import time; time.sleep(0.2)"],
    directory: ".",
    timeoutMilliseconds: 40 * 24 * 3600 * 1000,
  });
  assert.equal(code, 0);
});

test("an interpreter that is not there is told", async (context) => {
  const engine = await localEngine({ environment: { python: "/no/such/python", version: "3", folder: "/no/such" } });
  context.after(() => engine.close());
  await assert.rejects(engine.startKernel({ directory: temporaryFolder(context) }), (error: unknown) => {
    return error instanceof ProblemError && error.problem.id === "RP321" && error.exitCode === 3;
  });
});

async function untilGone(id: number): Promise<void> {
  const gone = (async () => {
    for (;;) {
      try {
        process.kill(id, 0);
      } catch {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  assert.ok(await settlesWithin(gone, 20_000), `process ${id} is still there`);
}
