import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { findDaemon } from "../../../core/src/engine/docker/daemon.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { temporaryFolder } from "../../support/folder.ts";

function withVariables(context: TestContext, variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) {
    const before = process.env[name];
    process.env[name] = value;
    context.after(() => {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    });
  }
}

function isProblem(id: string, text: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof ProblemError, String(error));
    assert.equal(error.problem.id, id);
    assert.equal(error.exitCode, 3);
    assert.match(error.message + error.problem.cause, text);
    return true;
  };
}

test("an engine that is named and not there is told with its address", async (context) => {
  withVariables(context, { DOCKER_HOST: `unix://${join(temporaryFolder(context), "none.sock")}` });
  await assert.rejects(findDaemon(), isProblem("RP324", /DOCKER_HOST/));
});

test("something at the address that is no engine is told", async (context) => {
  const socket = join(temporaryFolder(context), "silent.sock");
  const server = createServer((connection) => connection.end("hello\n"));
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  context.after(() => server.close());
  withVariables(context, { DOCKER_HOST: `unix://${socket}` });
  await assert.rejects(findDaemon(), isProblem("RP324", /does not answer/));
});

test("an engine that this user may not use is told", async (context) => {
  const socket = join(temporaryFolder(context), "closed.sock");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  context.after(() => server.close());
  chmodSync(socket, 0o000);
  withVariables(context, { DOCKER_HOST: `unix://${socket}` });
  const isRoot = process.getuid?.() === 0;
  // Root may use everything; for this one question it is somebody else.
  if (isRoot) process.seteuid?.(65534);
  try {
    await assert.rejects(findDaemon(), isProblem("RP325", /may not use/));
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});

test("the engine of Docker's current context is asked", async (context) => {
  const folder = temporaryFolder(context);
  const meta = join(folder, "contexts", "meta", createHash("sha256").update("far").digest("hex"));
  mkdirSync(meta, { recursive: true });
  const host = `unix://${join(folder, "far.sock")}`;
  writeFileSync(join(meta, "meta.json"), JSON.stringify({ Name: "far", Endpoints: { docker: { Host: host } } }));
  writeFileSync(join(folder, "config.json"), JSON.stringify({ currentContext: "far" }));
  withVariables(context, { DOCKER_CONFIG: folder, DOCKER_HOST: "" });
  await assert.rejects(findDaemon(), isProblem("RP324", /context far/));
});
