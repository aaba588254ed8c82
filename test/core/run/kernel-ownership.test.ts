import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { foundEnvironment } from "../../../core/src/environment/python/interpreter.ts";
import type { KernelClient } from "../../../core/src/kernel/client.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { openKernel } from "../../../core/src/run/cells/kernel-session.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { requireEngine } from "../../support/engine.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";
import { requirePython } from "../../support/python.ts";
import { scriptedKernel } from "../kernel/scripted-kernel.ts";

async function printed(client: KernelClient, code: string): Promise<string> {
  let text = "";
  await client.execute(code, {
    onMessage({ header, content }) {
      if (header.msg_type === "stream") text += String(content.text);
    },
  });
  return text.trim();
}

for (const environment of ["kernel", "kernel6"] as const) {
  test(`a kernel in ${environment} keeps its history in memory (3)`, async (context: TestContext) => {
    const engine = await requireEngine(context, environment);
    if (engine === undefined) return;
    const { client } = await openKernel(engine, { directory: temporaryFolder(context) });
    const code = "import sys\nprint(get_ipython().history_manager.hist_file, str(sys.argv).count('hist_file'))";
    assert.equal(await printed(client, code), ":memory: 1");
    await client.shutdown();
  });
}

test("a second kernel can be had after the first, and one of another engine is not ended with it (8)", async (context) => {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return;
  const directory = temporaryFolder(context);
  const [ours, others] = await Promise.all(
    [1, 2].map(async () => localEngine({ environment: await foundEnvironment(python) })),
  );
  assert.ok(ours && others);
  context.after(() => others.close());
  const { client: kept } = await openKernel(others, { directory });
  for (const value of ["1", "2"]) {
    const { client } = await openKernel(ours, { directory });
    assert.equal(await printed(client, `print(${value})`), value);
    await client.shutdown();
  }
  await ours.close();
  assert.equal(await printed(kept, "print('still here')"), "still here");
});

test("kernels that an engine of somebody else starts run notebooks as well (16)", async (context) => {
  const directory = temporaryFolder(context);
  const notebook = readNotebook(notebookText(["anything"]), "a.ipynb");
  const { record, content } = await runNotebook({
    notebook,
    directory,
    command: [],
    engine: {
      kind: "local",
      description: { kind: "local" },
      async startKernel() {
        return scriptedKernel(({ header }, send) => {
          if (header.msg_type === "execute_request") send("iopub", "stream", { name: "stdout", text: "said" });
          send("shell", "reply", { status: "ok", execution_count: 7, language_info: { name: "made up" } });
          send("iopub", "status", { execution_state: "idle" });
        });
      },
      run: () => Promise.reject(new Error("nothing to run")),
      pathInside: (folder) => folder,
      close: async () => {},
    },
  });
  assert.equal(record.status, "succeeded", JSON.stringify(record.failure));
  assert.deepEqual(content.cells[0]?.outputs, [{ output_type: "stream", name: "stdout", text: "said" }]);
  assert.deepEqual(record.environment.language, { name: "made up", version: "" });
});
