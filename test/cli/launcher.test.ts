import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../core/src/host/child-process.ts";
import { repository } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";

/** The Node that this machine has, not the one that the repository pins and that npm puts before it. */
function machineNode(): string | undefined {
  const name = process.platform === "win32" ? "node.exe" : "node";
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"))
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

test("in a clone the command works from any folder, whatever Node started it", async (context) => {
  const node = machineNode();
  if (node === undefined) return context.skip("this machine has no Node but the repository's own");
  const folder = temporaryFolder(context);
  const launcher = join(repository, "node_modules", ".bin", "reprise");
  const { code, stdout, stderr } = await runProcess(node, [launcher, "--version"], { directory: folder });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
});

test("the launcher hands exit codes on", async () => {
  const node = machineNode() ?? process.execPath;
  const launcher = join(repository, "cli", "bin", "reprise.js");
  const { code } = await runProcess(node, [launcher, "analyze", "no-such.ipynb"], {});
  assert.equal(code, 2);
});

test("a reader of stderr that goes away changes no exit code", async (context) => {
  if (process.platform === "win32") return context.skip("the pipe is the shell's");
  const launcher = join(repository, "cli", "bin", "reprise.js");
  const closed = '{ "$@" 2>&1 >/dev/null; echo $? >&3; } 3>&2 | true';
  const args = ["-c", closed, "sh", process.execPath, launcher, "analyze", "no-such.ipynb"];
  assert.equal((await runProcess("sh", args)).stderr.trim(), "2");
});
