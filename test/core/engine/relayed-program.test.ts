import assert from "node:assert/strict";
import { test } from "node:test";
import { runRelayedProgram } from "../../../core/src/engine/relayed-program.ts";

test("a program whose run was aborted before is not started", async () => {
  const started: string[] = [];
  const run = runRelayedProgram(
    async ({ command }) => {
      started.push(command.join(" "));
      throw new Error("it was started");
    },
    { agent: "/agent", python: "/python" },
    { command: ["python", "-V"], directory: ".", signal: AbortSignal.abort(new Error("enough")) },
  );
  await assert.rejects(run, { message: "enough" });
  assert.deepEqual(started, []);
});
