import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { CellOutputs, DisplayRegistry } from "../../../core/src/kernel/cell-outputs.ts";
import { type KernelClient, KernelDiedError } from "../../../core/src/kernel/client.ts";
import { requireKernel } from "../../support/engine.ts";

/** Runs code in a real kernel; what it put out as nbformat has it. */
async function run(client: KernelClient, code: string, options: Parameters<KernelClient["execute"]>[1] = {}) {
  const outputs = new CellOutputs(new DisplayRegistry());
  const reply = await client.execute(code, { ...options, onMessage: (message) => outputs.add(message) });
  return { reply, outputs: () => outputs.toNotebook() };
}

for (const environment of ["kernel", "kernel6"] as const) {
  test(`a real kernel: outputs, counts, expressions, errors (${environment})`, async (context) => {
    const client = await requireKernel(context, tmpdir(), environment);
    if (client === undefined) return;

    await context.test(
      "text, subprocesses and file descriptor 1, unicode, top-level await (26, 27, 45, 49)",
      async () => {
        const code = `
import os, subprocess, sys
print("é😀")
sys.stdout.flush()
print("err", file=sys.stderr)
sys.stderr.flush()
subprocess.run([sys.executable, "-c", "print('of a child')"])
await __import__("asyncio").sleep(0)`;
        const { outputs } = await run(client, code);
        const texts = Map.groupBy(outputs(), ({ name }) => name);
        const all = (name: string) => (texts.get(name) ?? []).map(({ text }) => text).join("");
        assert.equal(all("stdout"), "é😀\nof a child\n");
        assert.equal(all("stderr"), "err\n");
      },
    );

    await context.test("the execution count comes from the reply, silent code does not count (24)", async () => {
      const before = (await run(client, "1")).reply.executionCount ?? 0;
      await run(client, "2", { silent: true });
      assert.equal((await run(client, "3")).reply.executionCount, before + 1);
    });

    await context.test("expressions are evaluated after the code", async () => {
      const { reply } = await run(client, "half = 1 / 2", { userExpressions: { half: "half", none: "nothing" } });
      assert.deepEqual(reply.userExpressions.half, { status: "ok", data: { "text/plain": "0.5" }, metadata: {} });
      assert.equal((reply.userExpressions.none as { status: string }).status, "error");
    });

    await context.test(
      "a value that cannot be shown is an error by its name, where the kernel counts it as one",
      async () => {
        const { reply, outputs } = await run(
          client,
          "class Shown:\n    def _repr_html_(self):\n        return nothing_has_this_name\nShown()",
        );
        assert.ok(outputs().some(({ output_type: type, ename }) => type === "error" && ename === "NameError"));
        if (reply.status === "error") assert.equal(reply.error?.name, "NameError");
      },
    );

    await context.test("what a listener throws is its own request's failure, and no other's", async () => {
      const failing = client.execute("print('first')", {
        onMessage() {
          throw new Error("no room for outputs");
        },
      });
      await assert.rejects(failing, { message: "no room for outputs" });
      assert.deepEqual((await run(client, "print('second')")).outputs()[0]?.text, "second\n");
    });

    await context.test(
      "an error has its name, value and traceback, in the reply and as an output (43, 66)",
      async () => {
        const { reply, outputs } = await run(client, "1 / 0");
        assert.deepEqual([reply.error?.name, reply.error?.value], ["ZeroDivisionError", "division by zero"]);
        assert.deepEqual(
          outputs().map(({ ename }) => ename),
          ["ZeroDivisionError"],
        );
        const magic = await run(client, "%no_such_magic");
        assert.equal(magic.reply.error?.name, "UsageError");
        assert.match(magic.reply.error?.value ?? "", /no_such_magic/);
      },
    );

    await context.test("input is refused (67)", async () => {
      const { reply } = await run(client, "input('name? ')");
      assert.equal(reply.error?.name, "StdinNotImplementedError");
    });

    await context.test("late output of a thread is kept, in the cell that the kernel names (23)", async () => {
      const code = "import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.2), print('late'))).start()";
      const { outputs } = await run(client, code);
      const next = await run(client, "time.sleep(0.6)");
      const texts = [...outputs(), ...next.outputs()].map(({ text }) => text);
      assert.deepEqual(texts, ["late\n"]);
    });

    await context.test("no output is lost of 100,000 that come faster than they are read (21, 22)", async () => {
      const code = `
kernel = get_ipython().kernel
content = {"data": {"text/plain": "x"}, "metadata": {}, "transient": {}}
message = kernel.session.msg("display_data", content=content, parent=kernel.get_parent())
frames = kernel.session.serialize(message)
for _ in range(100_000):
    kernel.iopub_socket.send_multipart(frames)`;
      const { outputs } = await run(client, code);
      assert.equal(outputs().length, 100_000);
    });

    await context.test(
      "an interrupt is recorded as KeyboardInterrupt, with what was put out before (59, 61, 62)",
      async () => {
        const { promise: begun, resolve } = Promise.withResolvers<void>();
        const outputs = new CellOutputs(new DisplayRegistry());
        const done = client.execute("import time\nprint('begun', flush=True)\ntime.sleep(60)", {
          onMessage(message) {
            outputs.add(message);
            if (message.header.msg_type === "stream") resolve();
          },
        });
        await begun;
        await client.interrupt();
        assert.equal((await done).error?.name, "KeyboardInterrupt");
        assert.deepEqual(
          outputs.toNotebook().map((output) => output.text ?? output.ename),
          ["begun\n", "KeyboardInterrupt"],
        );
        assert.equal((await run(client, "1")).reply.status, "ok");
      },
    );
  });

  test(`in ${environment}, one that is killed in a cell is noticed from its process's end, with what it put out (63, 64)`, async (context) => {
    const client = await requireKernel(context, tmpdir(), environment);
    if (client === undefined) return;
    const outputs = new CellOutputs(new DisplayRegistry());
    const dying = client.execute(
      "import os, signal, time\nprint('last words', flush=True)\ntime.sleep(0.3)\nos.kill(os.getpid(), signal.SIGKILL)",
      {
        onMessage: (message) => outputs.add(message),
      },
    );
    await assert.rejects(
      dying,
      (error: unknown) => error instanceof KernelDiedError && error.exit.signal === "SIGKILL",
    );
    assert.deepEqual(
      outputs.toNotebook().map(({ text }) => text),
      ["last words\n"],
    );
    await assert.rejects(client.execute("1"), KernelDiedError);
  });
}
