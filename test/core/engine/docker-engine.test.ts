import assert from "node:assert/strict";
import { chmodSync, chownSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { type DockerEngineOptions, dockerEngine } from "../../../core/src/engine/docker-engine.ts";
import type { Engine } from "../../../core/src/engine/engine.ts";
import { lockEnvironment } from "../../../core/src/environment/lock/lock.ts";
import { CellOutputs, DisplayRegistry } from "../../../core/src/kernel/cell-outputs.ts";
import { KernelDiedError } from "../../../core/src/kernel/client.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { openKernel } from "../../../core/src/run/cells/kernel-session.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { requireDocker } from "../../support/docker.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";
import { proxiedEngine } from "../../support/proxied-engine.ts";

/** An engine with ipykernel alone in its image, and a working folder that belongs to an ordinary user. */
async function requireEngine(context: TestContext, options: Partial<DockerEngineOptions> = {}) {
  const daemon = await requireDocker(context);
  if (daemon === undefined) return undefined;
  const work = temporaryFolder(context);
  if (process.getuid?.() === 0) chownSync(work, 1234, 1234);
  chmodSync(work, 0o755);
  const environment = await lockEnvironment({ requirements: [], python: "3.11", extra: ["ipykernel"] });
  const engine = await dockerEngine({ environment, folders: [{ path: work }], ...options });
  context.after(() => engine.close());
  const ownContainers = async (): Promise<number> => {
    const all = await daemon.listContainers({ all: true, filters: { label: ["reprise.owner"] } });
    return all.filter(({ Labels }) => Labels["reprise.owner"]?.endsWith(`:${process.pid}`)).length;
  };
  return { engine, work, environment, daemon, ownContainers };
}

/** What a program in the engine prints. */
async function printed(engine: Engine, work: string, code: string): Promise<string> {
  const { code: exit, stderr, stdout } = await engine.run({ command: ["python", "-c", code], directory: work });
  assert.equal(exit, 0, stderr);
  return stdout.trim();
}

test("a notebook runs in a container, without network and without root, and its outputs and files come back", async (context) => {
  const here = await requireEngine(context, { memoryBytes: 512 * 2 ** 20, cpus: 1 });
  if (here === undefined) return;
  const { engine, work, ownContainers } = here;
  const cells = [
    "import os, socket\nprint(os.getuid(), os.getcwd())",
    "try:\n    socket.create_connection(('1.1.1.1', 53), 2)\nexcept OSError as error:\n    print(error)",
    "open('made.txt', 'w').write('in the container')\nscore = 0.5",
  ];
  const { record, content } = await runNotebook({
    notebook: readNotebook(notebookText(cells), join(work, "a.ipynb")),
    engine,
    directory: work,
    command: ["reprise", "run"],
    output: join(work, "out", "a.ipynb"),
    metrics: [{ cell: 2, name: "score", expression: "score" }],
  });
  const { cpuSeconds = 0, peakMemoryBytes = 0, totalMemoryBytes } = record.resources ?? {};
  assert.ok(cpuSeconds > 0 && peakMemoryBytes > 10e6, JSON.stringify(record.resources));
  assert.equal(totalMemoryBytes, 512 * 2 ** 20);
  assert.equal(record.status, "succeeded");
  const [user, network] = content.cells.map((cell) => (cell.outputs as { text: string }[])[0]?.text);
  const owner = statSync(work).uid;
  assert.equal(user, `${owner} ${work}\n`);
  assert.notEqual(owner, 0);
  assert.equal(network, "[Errno 101] Network is unreachable\n");
  assert.equal(readFileSync(join(work, "made.txt"), "utf8"), "in the container");
  assert.equal(statSync(join(work, "made.txt")).uid, owner);
  assert.deepEqual(
    record.metrics.map(({ name, value }) => [name, value]),
    [["score", 0.5]],
  );
  assert.match(record.engine.image?.digest ?? "", /^sha256:[0-9a-f]{64}$/);
  assert.ok(record.environment.packages.some(({ name }) => name === "ipykernel"));
  assert.ok(JSON.parse(readFileSync(join(work, "out", "a.ipynb"), "utf8")).cells.length === 3);
  assert.equal(await ownContainers(), 0);
});

test("a kernel in a container: interrupt, 20,000 outputs, a kill for memory, nothing left", async (context) => {
  const here = await requireEngine(context, { memoryBytes: 300 * 2 ** 20 });
  if (here === undefined) return;
  const { engine, work, ownContainers } = here;
  const { client } = await openKernel(engine, { directory: work });
  const outputs = new CellOutputs(new DisplayRegistry());
  const code = `
kernel = get_ipython().kernel
content = {"data": {"text/plain": "x"}, "metadata": {}, "transient": {}}
frames = kernel.session.serialize(kernel.session.msg("display_data", content=content, parent=kernel.get_parent()))
for _ in range(20_000):
    kernel.iopub_socket.send_multipart(frames)`;
  await client.execute(code, { onMessage: (message) => outputs.add(message) });
  assert.equal(outputs.toNotebook().length, 20_000);
  const begun = Promise.withResolvers<void>();
  const sleeping = client.execute("import time\nprint('begun', flush=True)\ntime.sleep(600)", {
    onMessage: ({ header }) => header.msg_type === "stream" && begun.resolve(),
  });
  await begun.promise;
  await client.interrupt();
  assert.equal((await sleeping).error?.name, "KeyboardInterrupt");
  await assert.rejects(client.execute("data = bytearray(10**9)"), (error: unknown) => {
    return error instanceof KernelDiedError && error.exit.outOfMemory && error.exit.signal === "SIGKILL";
  });
  await client.shutdown();
  assert.equal(await ownContainers(), 0);
});

test("a program in a container: its exit code, its memory limit, its time, an abort", async (context) => {
  const here = await requireEngine(context, { memoryBytes: 64 * 2 ** 20 });
  if (here === undefined) return;
  const { engine, work, ownContainers } = here;
  const failing = await engine.run({
    command: ["python", "-c", "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"],
    directory: work,
  });
  assert.deepEqual([failing.code, failing.stdout, failing.stderr], [3, "out\n", "err\n"]);
  const hungry = await engine.run({ command: ["python", "-c", "bytearray(10**9)"], directory: work });
  assert.deepEqual([hungry.signal, hungry.outOfMemory], ["SIGKILL", true]);
  const sleeping = { command: ["python", "-c", "import time; time.sleep(600)"], directory: work } as const;
  assert.notEqual((await engine.run({ ...sleeping, timeoutMilliseconds: 300 })).code, 0);
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("enough")), 300);
  await assert.rejects(engine.run({ ...sleeping, signal: controller.signal }), { message: "enough" });
  assert.equal(await ownContainers(), 0);
});

test("a container sees only what it was handed, may not write what is read-only, and has no capability", async (context) => {
  const here = await requireEngine(context);
  if (here === undefined) return;
  const { work, environment } = here;
  const data = temporaryFolder(context);
  writeFileSync(join(data, "a.csv"), "1,2");
  chmodSync(data, 0o777);
  const engine = await dockerEngine({ environment, folders: [{ path: work }, { path: data, readOnly: true }] });
  context.after(() => engine.close());
  assert.equal(await printed(engine, work, `print(open(${JSON.stringify(join(data, "a.csv"))}).read())`), "1,2");
  const writing = await engine.run({
    command: ["python", "-c", `open(${JSON.stringify(join(data, "b.csv"))}, "w")`],
    directory: work,
  });
  assert.match(writing.stderr, /Read-only file system/);
  const rights = "print(next(line for line in open('/proc/self/status') if line.startswith('CapEff')).split()[1])";
  assert.equal(await printed(engine, work, rights), "0000000000000000");
  assert.equal(
    await printed(engine, work, `import os; print(os.path.exists(${JSON.stringify(import.meta.filename)}))`),
    "False",
  );
});

test("where there is no GPU, asking for one fails with the mend, and an optional one is done without", async (context) => {
  const here = await requireEngine(context);
  if (here === undefined) return;
  const { environment, work, ownContainers } = here;
  const folders = [{ path: work }];
  let isThere = false;
  try {
    const { description } = await dockerEngine({ environment, folders, gpus: "all" });
    isThere = (description.gpus?.length ?? 0) > 0;
    assert.ok(isThere, "an engine that was given no GPU must not be opened");
  } catch (error) {
    assert.ok(error instanceof ProblemError, String(error));
    assert.equal(error.problem.id, "RP326");
    assert.match(error.problem.mend, /--gpus none/);
  }
  const optional = await dockerEngine({ environment, folders, gpus: "optional" });
  assert.equal((optional.description.gpus ?? []).length > 0, isThere);
  assert.equal(await ownContainers(), 0);
});

test("a base image that is not here and cannot be pulled is told", async (context) => {
  const here = await requireEngine(context);
  if (here === undefined) return;
  const { environment } = here;
  const baseImage = "reprise.invalid/no/such:image";
  await assert.rejects(dockerEngine({ environment, baseImage }), (error: unknown) => {
    assert.ok(error instanceof ProblemError, String(error));
    assert.equal(error.problem.id, "RP327");
    assert.match(error.problem.mend, /REPRISE_BASE_IMAGE/);
    return true;
  });
});

test("the image of a lock is built once", async (context) => {
  const here = await requireEngine(context);
  if (here === undefined) return;
  const { engine, environment } = here;
  const steps: string[] = [];
  const again = await dockerEngine({ environment, onProgress: ({ task }) => steps.push(task) });
  assert.deepEqual(again.description.image, engine.description.image);
  assert.deepEqual(steps, []);
});

test("an engine that stops during a run is named, and what ran until then is kept", async (context) => {
  const daemon = await requireDocker(context);
  if (daemon === undefined) return;
  const { cut } = await proxiedEngine(context, daemon);
  const here = await requireEngine(context);
  if (here === undefined) return;
  const { engine, work } = here;
  const output = join(work, "out.ipynb");
  const { record } = await runNotebook(
    {
      notebook: readNotebook(
        notebookText(["print('one')", "print('two', flush=True)\nimport time; time.sleep(600)"]),
        "a",
      ),
      engine,
      directory: work,
      command: [],
      output,
    },
    (event) => {
      if (event.kind === "output" && event.text === "two\n") cut();
    },
  );
  assert.equal(record.status, "died");
  assert.equal(record.failure?.name, "EngineLost");
  assert.match(record.failure?.message ?? "", /The container engine stopped answering/);
  assert.deepEqual(
    record.cells.map(({ status }) => status),
    ["ok", "error"],
  );
  assert.match(readFileSync(output, "utf8"), /"one\\n"[\s\S]*"two\\n"/);
  // The engine is there for this one again: what could not be removed then is removed now.
  const left = await daemon.listContainers({
    all: true,
    filters: { label: [`reprise.owner=${hostname()}:${process.pid}`] },
  });
  await Promise.all(left.map(({ Id }) => daemon.getContainer(Id).remove({ force: true, v: true })));
});

test("secrets reach kernels and programs in a container, and stand in no description of it", async (context) => {
  const here = await requireEngine(context);
  if (here === undefined) return;
  const { daemon, engine, work } = here;
  const secrets = { TOKEN: "s3cr3t-in-a-container" };
  const described = async (): Promise<string> => {
    const all = await daemon.listContainers({ all: true, filters: { label: ["reprise.owner"] } });
    return JSON.stringify(await Promise.all(all.map(({ Id }) => daemon.getContainer(Id).inspect())));
  };
  const { client } = await openKernel(engine, { directory: work, secrets });
  const reply = await client.execute("pass", { userExpressions: { token: "__import__('os').environ['TOKEN']" } });
  const inspected = await described();
  await client.shutdown();
  assert.match(JSON.stringify(reply.userExpressions), /s3cr3t-in-a-container/);
  assert.match(inspected, /relay\.py/);
  assert.ok(!inspected.includes(secrets.TOKEN));
  let during = "";
  const source = "import os, sys; print(os.environ['TOKEN'], flush=True)";
  const program = await engine.run({
    command: ["python", "-c", `${source}; import time; time.sleep(1)`],
    directory: work,
    secrets,
    onOutput: () => void described().then((text) => (during = text)),
  });
  assert.equal(program.stdout.trim(), secrets.TOKEN, program.stderr);
  assert.match(during, /with_secrets\.py/);
  assert.ok(!during.includes(secrets.TOKEN));
});
