import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type * as nbformat from "@jupyterlab/nbformat";
import type { Engine } from "../../../core/src/engine/engine.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import type { ParameterValue } from "../../../core/src/run/parameters/parameter-value.ts";
import type { NotebookRunRequest, RunFile, RunSink } from "../../../core/src/run/request.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { requireEngine } from "../../support/engine.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { type NewCell, notebookText } from "../../support/notebooks.ts";

type Cells = readonly (string | NewCell)[];

/** Runs cells in a folder of their own. */
function running(context: TestContext, engine: Engine) {
  const folder = temporaryFolder(context);
  return {
    folder,
    run: (cells: Cells, options: Partial<NotebookRunRequest> = {}) =>
      runNotebook({
        notebook: readNotebook(notebookText(cells), join(folder, "a.ipynb")),
        engine,
        directory: folder,
        command: ["reprise", "run"],
        ...options,
      }),
  };
}

const statuses = ({ cells }: { cells: readonly { status: string }[] }) => cells.map(({ status }) => status);

const texts = ({ content }: { content: nbformat.INotebookContent }) =>
  content.cells.map((cell) =>
    ((cell.outputs ?? []) as nbformat.IOutput[])
      .map((output) => output.text ?? output.ename ?? (output.data as Record<string, unknown>)["text/plain"])
      .join("|"),
  );

test("a notebook's cells are run in order; empty, text and skipped cells are not (25, 55)", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { run } = running(context, engine);
  const kept = [{ output_type: "stream", name: "stdout", text: "kept" }];
  const result = await run([
    { kind: "markdown", source: "# Title" },
    "x = 1",
    "  \n",
    { source: "raise SystemError", tags: ["skip-execution"], outputs: kept, count: 5 },
    "print(x)\nx + 1",
  ]);
  assert.equal(result.record.status, "succeeded");
  assert.deepEqual(
    result.record.cells.map(({ cell, status }) => [cell, status]),
    [
      [1, "ok"],
      [2, "skipped"],
      [3, "skipped"],
      [4, "ok"],
    ],
  );
  assert.deepEqual(texts(result), ["", "", "", "kept", "1\n|2"]);
  const timing = result.content.cells[4]?.metadata.execution as Record<string, string>;
  assert.deepEqual(Object.keys(timing).sort(), [
    "iopub.execute_input",
    "iopub.status.busy",
    "iopub.status.idle",
    "shell.execute_reply",
  ]);
});

test("an error ends the run, is in the record, and the output notebook leads to it until it is run again (79, 80)", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { folder, run } = running(context, engine);
  const output = join(folder, "new", "folder", "out.ipynb");
  const { record, content } = await run(["print('before')", "1 / 0", "print('never')"], { output });
  assert.equal(record.status, "failed");
  assert.deepEqual(statuses(record), ["ok", "error", "not-reached"]);
  const { traceback, ...failure } = record.failure ?? { traceback: [] };
  assert.deepEqual(failure, { cell: 1, name: "ZeroDivisionError", message: "division by zero" });
  assert.ok(traceback.length > 0);
  assert.deepEqual(
    content.cells.map(({ metadata }) => metadata.tags ?? null),
    [["papermill-error-cell-tag"], null, ["papermill-error-cell-tag"], null, null],
  );
  assert.deepEqual(JSON.parse(readFileSync(output, "utf8")).cells.length, 5);
  const again = readNotebook(readFileSync(output, "utf8"), output);
  const second = await runNotebook({ notebook: again, engine, directory: folder, command: [], allowErrors: true });
  assert.equal(second.content.cells.length, 3, "the banners of the run before are removed (79)");
  assert.equal(second.record.status, "succeeded");
});

test("errors are allowed for the whole run or for a tagged cell; leaving with success is one (50, 52, 65)", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { run } = running(context, engine);
  const allowed = await run(["1 / 0", "print('on')"], { allowErrors: true });
  assert.deepEqual([allowed.record.status, ...statuses(allowed.record)], ["succeeded", "error", "ok"]);
  const tagged = await run([{ source: "1 / 0", tags: ["raises-exception"] }, "print('on')"]);
  assert.deepEqual([tagged.record.status, ...statuses(tagged.record)], ["succeeded", "error", "ok"]);
  const left = await run(["import sys\nsys.exit(0)", "print('never')"]);
  assert.deepEqual([left.record.status, ...statuses(left.record)], ["succeeded", "ok", "not-reached"]);
  const failed = await run(["import sys\nsys.exit(2)"]);
  assert.deepEqual([failed.record.status, failed.record.failure?.name], ["failed", "SystemExit"]);
});

test("a cell that takes too long fails the run, or is interrupted and the run goes on (57, 59)", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { run } = running(context, engine);
  const cells = ["print('begun', flush=True)\nimport time; time.sleep(600)", "print('on')"];
  const failed = await run(cells, { cellTimeoutMilliseconds: 500 });
  assert.deepEqual([failed.record.status, failed.record.failure?.name], ["failed", "Timeout"]);
  assert.deepEqual(texts(failed).slice(2), ["begun\n|KeyboardInterrupt", ""]);
  const interrupted = await run(cells, { cellTimeoutMilliseconds: 500, onTimeout: "interrupt" });
  assert.deepEqual([interrupted.record.status, ...statuses(interrupted.record)], ["succeeded", "error", "ok"]);
  const whole = await run(["import time; time.sleep(0.2)", ...cells], {
    timeoutMilliseconds: 700,
    onTimeout: "interrupt",
  });
  assert.deepEqual([whole.record.status, whole.record.failure?.cell], ["failed", 1]);
});

test("an abort interrupts the cell, keeps what there is, and leaves no kernel (61, 62)", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { folder, run } = running(context, engine);
  const controller = new AbortController();
  const output = join(folder, "out.ipynb");
  const notebook = readNotebook(
    notebookText(["import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(600)", "1"]),
    "-",
  );
  let id = 0;
  const { record } = await runNotebook(
    { notebook, engine, directory: folder, command: [], signal: controller.signal, output },
    (event) => {
      if (event.kind !== "output") return;
      id = Number(event.text);
      controller.abort();
    },
  );
  assert.equal(record.status, "interrupted");
  assert.deepEqual(statuses(record), ["error", "not-reached"]);
  assert.match(readFileSync(output, "utf8"), /KeyboardInterrupt/);
  assert.throws(() => process.kill(id, 0), { code: "ESRCH" });
  await assert.rejects(run(["1"], { signal: AbortSignal.abort(new Error("enough")) }), { message: "enough" });
});

test("a kernel that dies ends the run with its signal and with what was put out before (63, 64, 87)", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { run } = running(context, engine);
  const died = await run(["print('last', flush=True)\nimport os, time; time.sleep(0.3); os.kill(os.getpid(), 9)", "1"]);
  assert.equal(died.record.status, "died");
  assert.equal(died.record.failure?.name, "KernelDied");
  assert.match(died.record.failure?.message ?? "", /SIGKILL/);
  assert.equal(texts(died)[2], "last\n");
  const exited = await run(["import os, sys; sys.__stderr__.write('the end\\n'); sys.__stderr__.flush(); os._exit(3)"]);
  assert.match(exited.record.failure?.message ?? "", /exit code 3/);
});

test("parameters are injected after the parameters cell; a second run replaces them (84)", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { folder, run } = running(context, engine);
  const output = join(folder, "out.ipynb");
  const parameters = new Map<string, ParameterValue>([
    ["x", 2],
    ["name", 'a "b"\né'],
  ]);
  const first = await run([{ source: "x = 1\nname = ''", tags: ["parameters"] }, "print(x, name)"], {
    parameters,
    output,
  });
  assert.deepEqual(texts(first), ["", "", '2 a "b"\né\n']);
  assert.deepEqual(first.record.parameters, { x: 2, name: 'a "b"\né' });
  assert.deepEqual(
    first.record.cells.map(({ cell }) => cell),
    [0, 1],
  );
  const ids = first.content.cells.map(({ id }) => id);
  const notebook = readNotebook(readFileSync(output, "utf8"), output);
  const second = await runNotebook({
    notebook,
    engine,
    directory: folder,
    command: [],
    parameters: new Map([["x", 3]]),
  });
  assert.deepEqual(texts(second), ["", "", "3 \n"]);
  assert.deepEqual(
    second.content.cells.map(({ id }) => id),
    ids,
  );
});

test("metrics are read after their cell, where they are finite numbers", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { run } = running(context, engine);
  const { record } = await run(["a = 0.5", "b = float('nan'); c = 'text'; float = None; d = 7"], {
    metrics: [
      { cell: 0, name: "accuracy", expression: "a" },
      { cell: 1, name: "nan", expression: "b" },
      { cell: 1, name: "text", expression: "c" },
      { cell: 1, name: "count", expression: "d" },
      { cell: 1, name: "missing", expression: "e" },
    ],
  });
  assert.equal(record.status, "succeeded");
  assert.deepEqual(
    record.metrics.map(({ name, value, step }) => [name, value, step]),
    [
      ["accuracy", 0.5, 0],
      ["count", 7, 1],
    ],
  );
});

test("a seed makes two runs draw the same", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { run } = running(context, engine);
  const cells = ["import random\nprint(random.random(), hash('text'))"];
  const [first, second, other] = [
    await run(cells, { seed: 7 }),
    await run(cells, { seed: 7 }),
    await run(cells, { seed: 8 }),
  ];
  assert.deepEqual(texts(first), texts(second));
  assert.notDeepEqual(texts(first), texts(other));
  assert.equal(first.record.seed, 7);
});

test("a run is told to its sink: variables for the kernel, metrics, the record with its files", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { folder, run } = running(context, engine);
  writeFileSync(join(folder, "a.csv"), "1,2\n");
  const told: string[] = [];
  let files: readonly RunFile[] = [];
  const sink: RunSink = {
    async begin(record) {
      told.push(record.status);
      return { environment: { MLFLOW_RUN_ID: record.id } };
    },
    async identified(record) {
      told.push(`${record.data[0]?.bytes} bytes`);
    },
    async log(metrics) {
      told.push(...metrics.map(({ name }) => name));
    },
    async finish(record, given) {
      told.push(record.status);
      files = given;
      return { ...record, tags: { kept: "yes" } };
    },
  };
  const { record, content } = await run(
    ["import os\nprint(os.environ['MLFLOW_RUN_ID'])\nopen('b.csv', 'w').write('3')\nm = 1"],
    {
      sink,
      metrics: [{ cell: 0, name: "m", expression: "m" }],
      data: [
        { path: join(folder, "a.csv"), use: "read" },
        { path: join(folder, "b.csv"), use: "write" },
      ],
    },
  );
  assert.deepEqual(told, ["running", "4 bytes", "m", "succeeded"]);
  assert.deepEqual(record.tags, { kept: "yes" });
  assert.deepEqual(
    files.map(({ name }) => name),
    ["notebook.ipynb"],
  );
  assert.equal((content.cells[0]?.outputs as { text: string }[])[0]?.text, `${record.id}\n`);
  assert.deepEqual(
    record.data.map(({ use, bytes }) => [use, bytes]),
    [
      ["read", 4],
      ["write", 1],
    ],
  );
  assert.ok(record.environment.packages.some(({ name, version }) => name === "ipykernel" && /^\d/.test(version)));
  assert.match(record.environment.python ?? "", /^3\.\d+\.\d+$/);
});

test("preparing injects parameters and runs nothing; only some cells may be run (82)", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { folder, run } = running(context, engine);
  const output = join(folder, "out.ipynb");
  const cells = ["raise SystemError", "print(x)", "raise SystemError"];
  const parameters = new Map([["x", 5]]);
  const prepared = await run(cells, { prepareOnly: true, parameters, output });
  assert.equal(prepared.record.status, "succeeded");
  assert.match(readFileSync(output, "utf8"), /x = 5/);
  const part = await run(cells, { parameters, cells: new Set([1]) });
  assert.deepEqual(statuses(part.record), ["skipped", "ok", "skipped"]);
  assert.equal(texts(part)[2], "5\n");
});

test("an output that cannot be written is told before anything runs, and nothing is left half written (85, 86)", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const { folder, run } = running(context, engine);
  writeFileSync(join(folder, "file"), "");
  const cells = ["open('ran', 'w')"];
  const refused = (error: unknown): boolean => error instanceof ProblemError && error.problem.id === "RP361";
  await assert.rejects(run(cells, { output: join(folder, "file", "out.ipynb") }), refused);
  mkdirSync(join(folder, "closed"));
  chmodSync(join(folder, "closed"), 0o500);
  if (process.getuid?.() !== 0)
    await assert.rejects(run(cells, { output: join(folder, "closed", "out.ipynb") }), refused);
  assert.ok(!existsSync(join(folder, "ran")));
  await run(["1"]);
  assert.deepEqual(readdirSync(folder).sort(), ["closed", "file"]);
});
