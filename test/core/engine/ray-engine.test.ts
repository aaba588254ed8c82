/** A real Ray cluster on this machine. */
import assert from "node:assert/strict";
import { chmodSync, chownSync, existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { environmentImage } from "../../../core/src/engine/docker/environment-image.ts";
import { rayEngine } from "../../../core/src/engine/ray-engine.ts";
import type { PythonEnvironment } from "../../../core/src/environment/environment.ts";
import { lockEnvironment } from "../../../core/src/environment/lock/lock.ts";
import { foundEnvironment } from "../../../core/src/environment/python/interpreter.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { requireDocker } from "../../support/docker.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";
import { requirePython } from "../../support/python.ts";

async function environments(
  context: TestContext,
): Promise<{ readonly environment: PythonEnvironment; readonly directory: string } | undefined> {
  const ray = await requirePython(context, "ray");
  const kernel = await requirePython(context, "kernel");
  if (ray === undefined || kernel === undefined) return undefined;
  process.env.REPRISE_RAY_PYTHON = ray;
  return { environment: await foundEnvironment(kernel), directory: temporaryFolder(context) };
}

test("runs on a Ray cluster come back as from this machine: outputs, files, failures, a kernel's death, secrets hidden", async (context) => {
  const given = await environments(context);
  if (given === undefined) return;
  const engine = await rayEngine({ environment: given.environment, folders: [given.directory] });
  context.after(() => engine.close());
  const run = (source: string, more: object = {}) =>
    runNotebook({
      notebook: readNotebook(notebookText(["import os", source]), join(given.directory, "a.ipynb")),
      engine,
      directory: given.directory,
      command: ["reprise", "batch"],
      ...more,
    });
  const works = "print('é', os.environ['LEVEL'], os.environ['TOKEN'])\nopen('made.txt', 'w').write('x')\nvalue = 0.5";
  const metrics = [{ cell: 1, name: "value", expression: "value" }];
  const [good, raised, died] = await Promise.all([
    run(works, { metrics, variables: { LEVEL: "7" }, secrets: { TOKEN: "s3cr3t-of-ray" } }),
    run("raise ValueError('no')"),
    run("os.kill(os.getpid(), 9)"),
  ]);
  assert.deepEqual(
    [good.record.status, good.record.metrics.map(({ value }) => value)],
    ["succeeded", [0.5]],
    JSON.stringify(good.record.failure),
  );
  assert.match(JSON.stringify(good.content.cells), /é 7 \*\*\*/);
  assert.ok(existsSync(join(given.directory, "made.txt")));
  assert.equal(good.record.engine.kind, "ray");
  assert.ok((good.record.resources?.peakMemoryBytes ?? 0) > 10e6, JSON.stringify(good.record.resources));
  assert.deepEqual([raised.record.status, raised.record.failure?.name], ["failed", "ValueError"]);
  assert.equal(died.record.status, "died", JSON.stringify(died.record.failure));
  const program = await engine.run({
    command: ["python", "-c", "import sys; print(1 + 1); sys.exit(3)"],
    directory: given.directory,
  });
  assert.deepEqual([program.stdout.trim(), program.code], ["2", 3]);
});

test("runs on a Ray cluster are in containers of its nodes where an image is named: isolated, limited, their folder shared", async (context) => {
  const daemon = await requireDocker(context);
  const ray = await requirePython(context, "ray");
  if (daemon === undefined || ray === undefined) return;
  process.env.REPRISE_RAY_PYTHON = ray;
  const directory = temporaryFolder(context);
  if (process.getuid?.() === 0) chownSync(directory, 1234, 1234);
  chmodSync(directory, 0o755);
  // What --engine docker builds from a lock.
  const locked = await lockEnvironment({ requirements: [], python: "3.11", extra: ["ipykernel"] });
  const { reference, digest } = await environmentImage(daemon, locked);
  const engine = await rayEngine({ image: reference, folders: [directory], cpus: 0.5, memoryBytes: 2 ** 28 });
  context.after(() => engine.close());
  assert.deepEqual(engine.description.image, { reference, digest });
  assert.equal(engine.description.python?.startsWith("3.11."), true, engine.description.python);
  const run = (sources: readonly string[], more: object = {}) =>
    runNotebook({
      notebook: readNotebook(notebookText(sources), join(directory, "a.ipynb")),
      engine,
      directory,
      command: ["reprise", "batch"],
      ...more,
    });
  const network =
    "import socket\ntry:\n    socket.create_connection(('1.1.1.1', 53), 2)\nexcept OSError as e:\n    print(e)";
  const works = "import os, sys\nprint(os.getuid(), os.getcwd(), sys.prefix, os.environ['LEVEL'], os.environ['TOKEN'])";
  const [good, hungry] = await Promise.all([
    run([works, network, "open('made.txt', 'w').write('x')"], {
      variables: { LEVEL: "seven, = eight" },
      secrets: { TOKEN: "s3cr3t-of-ray" },
    }),
    run(["data = bytearray(10**9)"]),
  ]);
  assert.equal(good.record.status, "succeeded", JSON.stringify(good.record.failure));
  const owner = statSync(directory).uid;
  const texts = good.content.cells.map(({ outputs }) => (outputs as { text?: string }[])[0]?.text);
  assert.deepEqual(texts, [
    `${owner} ${directory} /opt/venv seven, = eight ***\n`,
    "[Errno 101] Network is unreachable\n",
    undefined,
  ]);
  assert.equal(statSync(join(directory, "made.txt")).uid, owner);
  assert.ok((good.record.resources?.peakMemoryBytes ?? 0) > 10e6, JSON.stringify(good.record.resources));
  assert.ok(good.record.environment.packages.some(({ name }) => name === "ipykernel"));
  assert.deepEqual([hungry.record.status, hungry.record.failure?.name], ["died", "OutOfMemory"]);
  const program = await engine.run({
    command: ["python", "-c", "import os, sys; print(os.environ['TOKEN']); sys.exit(3)"],
    directory,
    secrets: { TOKEN: "s3cr3t-of-ray" },
  });
  assert.deepEqual([program.stdout.trim(), program.code], ["s3cr3t-of-ray", 3]);
  const left = await daemon.listContainers({ all: true, filters: { name: ["reprise-ray-"] } });
  assert.deepEqual(left, []);
  const other = rayEngine({ image: "reprise.invalid/no/such:image", folders: [directory] });
  await assert.rejects(other, (error: unknown) => {
    assert.ok(error instanceof ProblemError && error.problem.id === "RP331", String(error));
    assert.match(error.problem.cause ?? "", /docker pull: .*reprise\.invalid/s);
    return true;
  });
});

test("a cluster that is not there is told with what Ray said", async (context) => {
  const given = await environments(context);
  if (given === undefined) return;
  const error = await rayEngine({ environment: given.environment, folders: [], address: "127.0.0.1:1" }).catch(
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ProblemError && error.problem.id === "RP330", String(error));
  assert.ok(error.problem.cause);
});

test("a cluster that does not come up is not waited for after an abort", { timeout: 60_000 }, async (context) => {
  if (process.platform === "win32") return context.skip("the stand-in is a shell script");
  const directory = temporaryFolder(context);
  const silent = join(directory, "python");
  writeFileSync(silent, "#!/bin/sh\nexec sleep 600\n", { mode: 0o755 });
  const before = process.env.REPRISE_RAY_PYTHON;
  process.env.REPRISE_RAY_PYTHON = silent;
  context.after(() => {
    process.env.REPRISE_RAY_PYTHON = before ?? "";
  });
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("enough")), 100);
  const starting = rayEngine({ folders: [directory], address: "", signal: controller.signal });
  await assert.rejects(starting, { message: "enough" });
});
