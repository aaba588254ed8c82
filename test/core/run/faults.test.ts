import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { prepareConnection } from "../../../core/src/engine/connection.ts";
import type { Engine } from "../../../core/src/engine/engine.ts";
import { FrameQueue } from "../../../core/src/kernel/frame-queue.ts";
import { Wire } from "../../../core/src/kernel/wire.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import type { RunEvent } from "../../../core/src/run/request.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { requireEngine } from "../../support/engine.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";
import { scriptedKernel } from "../kernel/scripted-kernel.ts";

/** What cells do to their own process; the run goes on and keeps what they put out. */
const deeds: Readonly<Record<string, string>> = {
  forks: "import os\npid = os.fork()\nif pid == 0:\n    os._exit(0)\nos.waitpid(pid, 0)",
  "leaves a child that prints":
    "import os\nif os.fork() == 0:\n    print('from the child', flush=True)\n    os._exit(0)",
  "starts a daemon": "import subprocess\ndaemon = subprocess.Popen(['sleep', '2'], start_new_session=True)",
  "makes a daemon of a fork of itself":
    "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        time.sleep(2)\n    os._exit(0)\nos.wait()",
  "closes its standard output": "import os\nos.close(1)",
  "closes all that is standard": "import os\nfor number in range(3):\n    os.close(number)",
  "changes its folder": "import os\nos.chdir('/')",
  "takes away its own signals": "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)",
};

test("a cell may treat its process badly: the run goes on, and its notebook is where it should be", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  for (const [name, source] of Object.entries(deeds)) {
    const folder = temporaryFolder(context);
    const notebook = readNotebook(notebookText([source, "print('after')"]), join(folder, "a.ipynb"));
    const output = join(folder, "out.ipynb");
    const { record } = await runNotebook({ notebook, engine, directory: folder, command: [], output });
    assert.equal(record.status, "succeeded", `${name}: ${record.failure?.message}`);
    assert.ok(existsSync(output), name);
    const { cells } = JSON.parse(readFileSync(output, "utf8"));
    assert.deepEqual(cells[1].outputs[0]?.text, ["after\n"], name);
  }
});

test("broken messages and those of another signer are left out, and that is told", async (context) => {
  const folder = temporaryFolder(context);
  const foreign = new Wire("another key");
  const queue = new FrameQueue();
  const kernel = scriptedKernel(({ header }, send) => {
    if (header.msg_type === "execute_request") {
      const forged = { type: "stream", content: { name: "stdout", text: "forged" }, parent: header };
      queue.push({ channel: "iopub", frames: foreign.write(forged).frames });
      queue.push({ channel: "iopub", frames: [Buffer.from("no message at all")] });
      queue.push({ channel: "shell", frames: [] });
      send("iopub", "stream", { name: "stdout", text: "real" });
      send("iopub", "no_such_message", { anything: [1, 2] });
    }
    send("shell", "reply", { status: "ok", execution_count: 1, language_info: { name: "made up" } });
    send("iopub", "status", { execution_state: "idle" });
  });
  const both = async function* () {
    for await (const received of kernel.transport.receive()) {
      const forged = queue[Symbol.asyncIterator]();
      queue.end();
      for (let next = await forged.next(); next.done !== true; next = await forged.next()) yield next.value;
      yield received;
    }
  };
  const engine: Engine = {
    kind: "local",
    description: { kind: "local" },
    startKernel: async () => ({ ...kernel, transport: { ...kernel.transport, receive: both } }),
    run: () => Promise.reject(new Error("nothing to run")),
    pathInside: (path) => path,
    close: async () => {},
  };
  const events: RunEvent[] = [];
  const notebook = readNotebook(notebookText(["anything"]), "a.ipynb");
  const { content, record } = await runNotebook({ notebook, engine, directory: folder, command: [] }, (event) =>
    events.push(event),
  );
  assert.equal(record.status, "succeeded", record.failure?.message);
  assert.deepEqual(content.cells[0]?.outputs, [{ output_type: "stream", name: "stdout", text: "real" }]);
  const told = events.flatMap((event) => (event.kind === "warning" ? [event.message] : []));
  assert.deepEqual(told, ["3 messages were left out: they are broken, too long, or not signed by this kernel."]);
});

test("64 kernels that are reached by ports do not clash", async () => {
  const connections = await Promise.all(Array.from({ length: 64 }, () => prepareConnection(false)));
  const addresses = connections.flatMap(({ addresses: own }) => Object.values(own));
  assert.equal(new Set(addresses).size, 64 * 4);
  await Promise.all(connections.map(({ remove }) => remove()));
});

test("a clock that jumps changes nothing", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const folder = temporaryFolder(context);
  const now = Date.now.bind(Date);
  let jumps = 0;
  context.mock.method(Date, "now", () => now() + (jumps++ % 2 === 0 ? -1 : 1) * 86_400_000);
  const notebook = readNotebook(notebookText(["import time\ntime.sleep(0.2)", "1"]), join(folder, "a.ipynb"));
  const limits = { timeoutMilliseconds: 60_000, cellTimeoutMilliseconds: 30_000, startTimeoutMilliseconds: 60_000 };
  const { record } = await runNotebook({ notebook, engine, directory: folder, command: [], ...limits });
  assert.equal(record.status, "succeeded");
  assert.ok((record.cells[0]?.seconds ?? 0) >= 0.2 && (record.seconds ?? 0) < 60);
});
