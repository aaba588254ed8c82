import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { afterProgram, beforeProgram } from "../../cli/src/compiled-program.ts";
import { runProcess } from "../../core/src/host/child-process.ts";
import { temporaryFolder } from "../support/folder.ts";

const loader = import.meta.resolve("../../cli/src/compiled-program.ts");

/** Runs a program that prints `text`, in a process of its own, and gives what that printed. */
async function printed(folder: string, name: string, text: string): Promise<string> {
  const file = join(folder, name);
  writeFileSync(
    file,
    `${beforeProgram}function tell(text) { console.log(text, require("node:path").basename(__filename)); } tell("${text}");${afterProgram}`,
  );
  const code = `const { runCompiled } = await import(${JSON.stringify(loader)}); runCompiled(${JSON.stringify(file)}, ${JSON.stringify(join(folder, "kept"))});`;
  const { code: exit, stdout, stderr } = await runProcess(process.execPath, ["--input-type=module", "-e", code], {});
  assert.equal(exit, 0, stderr);
  return stdout;
}

test("a program runs the same with the code that an earlier process kept", async (context) => {
  const folder = temporaryFolder(context);
  assert.equal(await printed(folder, "one.cjs", "first"), "first one.cjs\n");
  const kept = readFileSync(join(folder, "kept"));
  assert.equal(await printed(folder, "one.cjs", "first"), "first one.cjs\n");
  assert.deepEqual(readFileSync(join(folder, "kept")), kept);
  assert.deepEqual(readdirSync(folder).sort(), ["kept", "one.cjs"]);
});

test("code that is kept of another program is written over", async (context) => {
  const folder = temporaryFolder(context);
  await printed(folder, "one.cjs", "first");
  assert.equal(await printed(folder, "two.cjs", "other"), "other two.cjs\n");
  assert.match(readFileSync(join(folder, "kept"), "latin1"), /^two\.cjs /);
});

test("code that was damaged is not run, and is kept anew", async (context) => {
  const folder = temporaryFolder(context);
  await printed(folder, "one.cjs", "first");
  const kept = readFileSync(join(folder, "kept"));
  for (const damaged of [kept.fill(0, kept.length >> 1), Buffer.from("one.cjs"), Buffer.alloc(0)]) {
    writeFileSync(join(folder, "kept"), damaged);
    assert.equal(await printed(folder, "one.cjs", "first"), "first one.cjs\n");
    assert.match(readFileSync(join(folder, "kept"), "latin1"), /^one\.cjs \d+\n/);
  }
});
