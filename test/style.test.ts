import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../core/src/host/child-process.ts";

const root = join(import.meta.dirname, "..");
const program = (name: string) =>
  join(root, "node_modules", ".bin", process.platform === "win32" ? `${name}.cmd` : name);

test("every file has sound types", async () => {
  const { code, stdout } = await runProcess(program("tsc"), ["-b"], { directory: root });
  assert.equal(code, 0, stdout);
});

test("every file is formatted, and the linter has nothing to say", async () => {
  const { code, stdout, stderr } = await runProcess(program("biome"), ["check", "--error-on-warnings"], {
    directory: root,
  });
  assert.equal(code, 0, stdout + stderr);
});
