import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { writeProject } from "../../../core/src/host/write-project.ts";
import type { Project } from "../../../core/src/project/project.ts";
import { temporaryFolder } from "../../support/folder.ts";

function project(files: Readonly<Record<string, string>>): Project {
  const entries = Object.entries(files).map(([path, text]) => [path, { text, origins: [] }] as const);
  return { package: "made", python: "3.11", files: new Map(entries), copies: new Map(), stages: [] };
}

const problem = (id: string) => (error: { problem?: { id: string } }) => error.problem?.id === id;

test("a project is written with its folders", async (context) => {
  const folder = join(temporaryFolder(context), "deep", "out");
  await writeProject(project({ "README.md": "# Made\n", "src/made/__init__.py": "" }), folder);
  assert.equal(readFileSync(join(folder, "README.md"), "utf8"), "# Made\n");
  assert.equal(readFileSync(join(folder, "src", "made", "__init__.py"), "utf8"), "");
});

test("files that go along are copied as they are, below the project only", async (context) => {
  const parent = temporaryFolder(context);
  const wheel = join(parent, "made-1.0-py3-none-any.whl");
  writeFileSync(wheel, Buffer.from([0, 255, 10, 13]));
  const made = project({ "README.md": "" });
  await writeProject({ ...made, copies: new Map([["wheels/made.whl", wheel]]) }, join(parent, "out"));
  assert.deepEqual(readFileSync(join(parent, "out", "wheels", "made.whl")), readFileSync(wheel));
  const escaping = { ...made, copies: new Map([["../made.whl", wheel]]) };
  await assert.rejects(writeProject(escaping, join(parent, "other")), problem("RP163"));
  assert.equal(existsSync(join(parent, "other")), false);
});

test("a folder that exists is refused and stays as it was", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "mine.txt"), "mine");
  await assert.rejects(writeProject(project({ "README.md": "" }), folder), problem("RP162"));
  assert.deepEqual(readdirSync(folder), ["mine.txt"]);
});

test("with force a project is replaced as a whole", async (context) => {
  const folder = join(temporaryFolder(context), "out");
  mkdirSync(folder);
  writeFileSync(join(folder, "reprise.json"), "{}");
  writeFileSync(join(folder, "old.txt"), "old");
  await writeProject(project({ "README.md": "" }), folder, { force: true });
  assert.deepEqual(readdirSync(folder), ["README.md"]);
  assert.deepEqual(readdirSync(join(folder, "..")), ["out"]);
});

test("with force too, what is no project stays as it was", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "thesis.txt"), "mine");
  await assert.rejects(writeProject(project({ "README.md": "" }), folder, { force: true }), problem("RP162"));
  await assert.rejects(
    writeProject(project({ "README.md": "" }), join(folder, "thesis.txt"), { force: true }),
    problem("RP162"),
  );
  assert.deepEqual(readdirSync(folder), ["thesis.txt"]);
});

for (const path of ["../escaped.txt", "src/../../escaped.txt", "/tmp/escaped.txt"]) {
  test(`a file named ${path} is refused, and nothing is written`, async (context) => {
    const parent = temporaryFolder(context);
    await assert.rejects(writeProject(project({ "README.md": "", [path]: "" }), join(parent, "out")), problem("RP163"));
    assert.deepEqual(readdirSync(parent), []);
  });
}

test("a parent that is a file is told, and nothing is left behind", async (context) => {
  const parent = temporaryFolder(context);
  writeFileSync(join(parent, "file"), "");
  await assert.rejects(writeProject(project({ "README.md": "" }), join(parent, "file", "out")), problem("RP361"));
  assert.deepEqual(readdirSync(parent), ["file"]);
});

test("a folder that may not be written to is told", async (context) => {
  const parent = join(temporaryFolder(context), "locked");
  mkdirSync(parent);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    // Root may write into any folder, but not onto a disk that is mounted for reading only.
    const { code, stderr } = await runProcess("mount", ["-t", "tmpfs", "-o", "ro", "tmpfs", parent]);
    if (code !== 0) return context.skip(`no read-only disk here: ${stderr.trim()}`);
  } else chmodSync(parent, 0o500);
  try {
    await assert.rejects(writeProject(project({ "README.md": "" }), join(parent, "out")), problem("RP361"));
  } finally {
    if (isRoot) await runProcess("umount", [parent]);
    else chmodSync(parent, 0o700);
  }
});

test("a full disk is told, and nothing is left behind", async (context) => {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return context.skip("needs root to mount a small disk");
  const parent = join(temporaryFolder(context), "disk");
  mkdirSync(parent);
  const mounted = await runProcess("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", parent]);
  if (mounted.code !== 0) return context.skip(`no small disk here: ${mounted.stderr.trim()}`);
  try {
    const files = project({ "README.md": "", "big.txt": "x".repeat(1 << 20) });
    await assert.rejects(writeProject(files, join(parent, "out")), problem("RP362"));
    assert.deepEqual(readdirSync(parent), []);
    assert.equal(existsSync(join(parent, "out")), false);
  } finally {
    await runProcess("umount", [parent]);
  }
});
