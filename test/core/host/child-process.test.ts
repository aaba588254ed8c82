import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { isProcessAlive } from "../../../core/src/host/process-alive.ts";
import { temporaryFolder } from "../../support/folder.ts";

test("an abort ends a program that does not want to end, and what it started", { timeout: 60_000 }, async (context) => {
  if (process.platform === "win32") return context.skip("signals are POSIX");
  const ids = join(temporaryFolder(context), "ids");
  const stubborn = `trap "" TERM; sh -c 'trap "" TERM; echo $PPID $$ > "${ids}"; while :; do sleep 1; done'`;
  const controller = new AbortController();
  const running = runProcess("sh", ["-c", `${stubborn}; :`], { signal: controller.signal });
  const ended = assert.rejects(running, { message: "enough" });
  while (!existsSync(ids) || readFileSync(ids, "utf8") === "") await sleep(20);
  controller.abort(new Error("enough"));
  await ended;
  const [parent = 0, child = 0] = readFileSync(ids, "utf8").trim().split(" ").map(Number);
  while (isProcessAlive(parent) || isProcessAlive(child)) await sleep(20);
});
