import assert from "node:assert/strict";
import { test } from "node:test";
import { KernelClient, KernelSilentError } from "../../../core/src/kernel/client.ts";
import { scriptedKernel } from "./scripted-kernel.ts";

const idle = { execution_state: "idle" };
const ok = { status: "ok", execution_count: 1 };

test("a cell is done when its reply and its idle have come, in either order (17, 19)", async () => {
  for (const order of ["reply first", "idle first"]) {
    const client = new KernelClient(
      scriptedKernel((_request, send) => {
        if (order === "reply first") send("shell", "execute_reply", ok);
        send("iopub", "stream", { name: "stdout", text: order });
        send("iopub", "status", idle);
        if (order === "idle first") send("shell", "execute_reply", ok);
      }),
    );
    const seen: unknown[] = [];
    const reply = await client.execute("", {
      onMessage: ({ header, content }) => header.msg_type === "stream" && seen.push(content.text),
    });
    assert.equal(reply.status, "ok");
    assert.deepEqual(seen, [order]);
    await client.shutdown(0);
  }
});

test("messages of a parent that was not asked here are ignored (18)", async () => {
  const client = new KernelClient(
    scriptedKernel((_request, send, sendAs) => {
      sendAs("another's request", "iopub", "stream", { name: "stdout", text: "foreign" });
      sendAs("another's request", "shell", "execute_reply", { status: "error", execution_count: 9 });
      send("iopub", "stream", { name: "stdout", text: "own" });
      send("shell", "execute_reply", ok);
      send("iopub", "status", idle);
    }),
  );
  const seen: unknown[] = [];
  const reply = await client.execute("", {
    onMessage: ({ header, content }) => header.msg_type === "stream" && seen.push(content.text),
  });
  assert.equal(reply.status, "ok");
  assert.deepEqual(seen, ["own"]);
  await client.shutdown(0);
});

test("half an answer is told as the kernel's silence: a reply without its idle, an idle without its reply (20)", async () => {
  for (const half of ["reply", "idle"]) {
    const client = new KernelClient(
      scriptedKernel((_request, send) => {
        if (half === "reply") send("shell", "execute_reply", ok);
        else send("iopub", "status", idle);
      }),
      { halfMilliseconds: 20 },
    );
    await assert.rejects(client.execute(""), KernelSilentError);
    await client.shutdown(0);
  }
});

test("half an answer is waited for while anything else comes", async () => {
  const client = new KernelClient(
    scriptedKernel((_request, send) => {
      send("shell", "execute_reply", ok);
      let left = 30;
      const more = setInterval(() => {
        left -= 1;
        if (left > 0) send("iopub", "stream", { name: "stdout", text: "." });
        else {
          send("iopub", "status", idle);
          clearInterval(more);
        }
      }, 5);
    }),
    { halfMilliseconds: 100 },
  );
  assert.equal((await client.execute("")).status, "ok");
  await client.shutdown(0);
});
