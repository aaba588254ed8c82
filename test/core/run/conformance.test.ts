import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type * as nbformat from "@jupyterlab/nbformat";
import { KernelClient } from "../../../core/src/kernel/client.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { openKernel } from "../../../core/src/run/cells/kernel-session.ts";
import { NotebookState } from "../../../core/src/run/notebook-state.ts";
import type { NotebookRunRequest, RunEvent } from "../../../core/src/run/request.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { requireEngine } from "../../support/engine.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { type NewCell, notebookText } from "../../support/notebooks.ts";
import { scriptedKernel } from "../kernel/scripted-kernel.ts";

type Cells = readonly (string | NewCell)[];

/** Behaviours by their numbers, each in both generations of ipykernel. */
for (const environment of ["kernel", "kernel6"] as const) {
  test(`a run in ${environment}`, async (context) => {
    const engine = await requireEngine(context, environment);
    if (engine === undefined) return;
    const run = async (at: TestContext, cells: Cells, options: Partial<NotebookRunRequest> = {}) => {
      const folder = temporaryFolder(at);
      const notebook = readNotebook(notebookText(cells), join(folder, "a.ipynb"));
      const events: RunEvent[] = [];
      const request = { notebook, engine, directory: folder, command: [], ...options };
      const { content, record } = await runNotebook(request, (event) => events.push(event));
      return { content, record, events, folder };
    };

    await context.test("names the kernel's language as the kernel does (7)", async (at) => {
      const { content, record } = await run(at, ["1"]);
      const language = content.metadata.language_info as nbformat.ILanguageInfoMetadata & { version: string };
      assert.equal(language.name, "python");
      assert.equal(language.version, record.environment.python);
    });

    await context.test("goes on after errors of the names that are allowed, and ends at others (51)", async (at) => {
      const cells = ["{}['a']", "1 / 0", "print('not reached')"];
      const { record } = await run(at, cells, { allowErrorNames: ["KeyError"] });
      assert.deepEqual(
        record.cells.map(({ status }) => status),
        ["error", "error", "not-reached"],
      );
      assert.equal(record.failure?.name, "ZeroDivisionError");
      const forgiving = await run(at, cells, { allowErrorNames: ["KeyError", "ZeroDivisionError"] });
      assert.equal(forgiving.record.status, "succeeded");
    });

    await context.test(
      "ends at the first error where that is forced, whatever is tagged or allowed (53)",
      async (at) => {
        const cells = [{ source: "1 / 0", tags: ["raises-exception"] }];
        const lenient = { allowErrors: true, allowErrorNames: ["ZeroDivisionError"] };
        assert.equal((await run(at, cells, lenient)).record.status, "succeeded");
        assert.equal((await run(at, cells, { ...lenient, forceErrors: true })).record.status, "failed");
      },
    );

    await context.test("writes four times for each cell, and none of an earlier run (76, 77)", async (at) => {
      const { content } = await run(at, [{ source: "1" }, { source: "1 / 0" }, "2"], {});
      const [ran, , unreached] = content.cells.filter(({ cell_type }) => cell_type === "code");
      const keys = ["iopub.execute_input", "iopub.status.busy", "iopub.status.idle", "shell.execute_reply"];
      assert.deepEqual(Object.keys(ran?.metadata.execution as object).sort(), keys);
      const again = readNotebook(JSON.stringify(content), "a.ipynb");
      const second = await runNotebook({ notebook: again, engine, directory: tmpdir(), command: [] });
      assert.equal(second.record.status, "failed");
      assert.equal(unreached?.metadata.execution, undefined);
      assert.equal(second.content.cells.at(-1)?.metadata.execution, undefined);
    });

    await context.test("tells of what happens in its order (78)", async (at) => {
      const { events } = await run(at, ["print('a')", "b = 1"], { metrics: [{ cell: 1, name: "b", expression: "b" }] });
      assert.deepEqual(
        events.map((event) => event.kind),
        ["kernel-ready", "cell-started", "output", "cell-ended", "cell-started", "metric", "cell-ended"],
      );
    });

    await context.test("is saved while a long cell runs (81)", async (at) => {
      const folder = temporaryFolder(at);
      const cell =
        "import time\nprint('so far', flush=True)\nend = time.time() + 60\n" +
        "while 'so far\\\\n' not in open('out.ipynb').read():\n    assert time.time() < end\n    time.sleep(0.05)";
      const notebook = readNotebook(notebookText([cell]), join(folder, "a.ipynb"));
      const output = join(folder, "out.ipynb");
      const { record } = await runNotebook({ notebook, engine, directory: folder, command: [], output });
      assert.equal(record.status, "succeeded", record.failure?.traceback.join("\n"));
    });

    await context.test("ends a kernel at once, and leaves nothing of one that is gone already (11, 13)", async (at) => {
      const folder = temporaryFolder(at);
      // Kernels of others put their connection files beside ours otherwise.
      const { TMPDIR } = process.env;
      process.env.TMPDIR = folder;
      at.after(() => {
        if (TMPDIR === undefined) delete process.env.TMPDIR;
        else process.env.TMPDIR = TMPDIR;
      });
      const { client } = await openKernel(engine, { directory: folder });
      assert.deepEqual(readdirSync(folder).length, 1);
      await client.shutdown(0);
      assert.deepEqual(readdirSync(folder), []);
      const { client: dying } = await openKernel(engine, { directory: folder });
      await assert.rejects(dying.execute("import os\nos._exit(3)"));
      assert.equal((await dying.shutdown()).code, 3);
      assert.deepEqual(readdirSync(folder), []);
    });
  });
}

test("an error in the reply alone is an output too (44)", () => {
  const content = JSON.parse(notebookText(["1"])) as nbformat.INotebookContent;
  for (const cell of content.cells) cell.metadata.papermill = {};
  const state = new NotebookState(content);
  const error = { name: "ValueError", value: "no", traceback: ["ValueError: no"] };
  state.apply({ at: "cell-start", cell: "cell-0", time: "" });
  state.apply({ at: "reply", cell: "cell-0", date: "", count: 1, error });
  state.writeOutputs();
  assert.deepEqual(content.cells[0]?.outputs, [
    { output_type: "error", ename: "ValueError", evalue: "no", traceback: ["ValueError: no"] },
  ]);
});

test("a kernel is told to stop at errors only where they are not allowed (54)", async () => {
  const asked: unknown[] = [];
  const client = new KernelClient(
    scriptedKernel((request, send) => {
      if (request.header.msg_type === "execute_request") asked.push(request.content.stop_on_error);
      send("shell", "execute_reply", { status: "ok", execution_count: 1 });
      send("iopub", "status", { execution_state: "idle" });
    }),
  );
  await client.execute("1");
  await client.execute("1", { stopOnError: false });
  await client.shutdown(0);
  assert.deepEqual(asked, [true, false]);
});

test("a kernel that wants it is interrupted by a message, not by a signal (60)", async () => {
  const asked: string[] = [];
  const process = scriptedKernel((request, send) => {
    asked.push(`${request.channel} ${request.header.msg_type}`);
    send("shell", "execute_reply", { status: "ok", execution_count: 1 });
    send("iopub", "status", { execution_state: "idle" });
  });
  const client = new KernelClient({ ...process, interruptsByMessage: true, interrupt: assert.fail });
  await client.interrupt();
  await client.shutdown(0);
  assert.equal(asked[0], "control interrupt_request");
});
