import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { KernelClient, KernelSilentError } from "../../../core/src/kernel/client.ts";
import { requireEngine } from "../../support/engine.ts";
import { temporaryFolder } from "../../support/folder.ts";

/** What a cell does to close a channel of its kernel; `closes` says what is told then. */
const closings = {
  iopub: {
    code: "kernel = get_ipython().kernel\nkernel.iopub_thread.stop()\nkernel.iopub_thread.socket.close(0)",
    closes: /answered, but never said/,
  },
  shell: {
    code: "get_ipython().kernel.shell_stream.close()",
    closes: /finished, but never answered/,
  },
} as const;

for (const environment of ["kernel", "kernel6"] as const) {
  for (const [channel, { closes, code }] of Object.entries(closings)) {
    test(`a kernel in ${environment} that closes its ${channel} channel and lives is told, and ended (20)`, async (context) => {
      const engine = await requireEngine(context, environment);
      if (engine === undefined) return;
      const directory = temporaryFolder(context);
      const process = await engine.startKernel({ directory });
      const client = new KernelClient(process, { halfMilliseconds: 1500 });
      await client.ready();
      await assert.rejects(
        client.execute(code),
        (error: unknown) => error instanceof KernelSilentError && closes.test(error.message),
      );
      const { code: exit, signal } = await client.shutdown();
      assert.ok(exit !== null || signal !== null);
      assert.deepEqual(readdirSync(directory), []);
    });
  }
}
