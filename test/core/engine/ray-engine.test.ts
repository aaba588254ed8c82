/** A real Ray cluster on this machine. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { type RayEngineOptions, rayEngine } from "../../../core/src/engine/ray-engine.ts";
import { foundEnvironment } from "../../../core/src/environment/python/interpreter.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";
import { requirePython } from "../../support/python.ts";

async function environments(
  context: TestContext,
): Promise<Pick<RayEngineOptions, "directory" | "environment"> | undefined> {
  const ray = await requirePython(context, "ray");
  const kernel = await requirePython(context, "kernel");
  if (ray === undefined || kernel === undefined) return undefined;
  process.env.REPRISE_RAY_PYTHON = ray;
  return { environment: await foundEnvironment(kernel), directory: temporaryFolder(context) };
}

test("runs on a Ray cluster come back as from this machine: outputs, files, failures, a kernel's death, secrets hidden", async (context) => {
  const given = await environments(context);
  if (given === undefined) return;
  const engine = await rayEngine(given);
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

test("a cluster that is not there is told with what Ray said", async (context) => {
  const given = await environments(context);
  if (given === undefined) return;
  const error = await rayEngine({ ...given, address: "127.0.0.1:1" }).catch((reason: unknown) => reason);
  assert.ok(error instanceof ProblemError && error.problem.id === "RP330", String(error));
  assert.ok(error.problem.cause);
});
