import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { restoreProject, updateProject } from "../../../core/src/host/update-project.ts";
import { temporaryFolder } from "../../support/folder.ts";

/** A project of three files. */
function made(context: TestContext): string {
  const folder = join(temporaryFolder(context), "out");
  mkdirSync(join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "README.md"), "old");
  writeFileSync(join(folder, "src", "a.py"), "old");
  writeFileSync(join(folder, "mine.txt"), "mine");
  return folder;
}

function texts(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

const problem = (id: string) => (error: { problem?: { id: string } }) => error.problem?.id === id;

const untouched = { "README.md": "old", "src/a.py": "old", "mine.txt": "mine" };
const none = { writes: new Map(), copies: new Map(), removals: [] };

test("an update writes, adds and removes, and leaves every other file", async (context) => {
  const folder = made(context);
  const writes = new Map([
    ["README.md", "new"],
    ["deep/b.py", "new"],
  ]);
  await updateProject(folder, { ...none, writes, removals: ["src/a.py"] });
  assert.deepEqual(texts(folder), { "README.md": "new", "deep/b.py": "new", "mine.txt": "mine" });
  assert.equal(existsSync(join(folder, "src")), false);
});

test("a file that was executable stays executable", async (context) => {
  const folder = made(context);
  chmodSync(join(folder, "README.md"), 0o755);
  await updateProject(folder, { ...none, writes: new Map([["README.md", "new"]]) });
  assert.equal(statSync(join(folder, "README.md")).mode & 0o777, 0o755);
});

test("what fails in the middle leaves the project as it was", async (context) => {
  const folder = made(context);
  const copies = new Map([["wheel.whl", join(folder, "not-there.whl")]]);
  await assert.rejects(
    updateProject(folder, { writes: new Map([["README.md", "new"]]), copies, removals: ["src/a.py"] }),
  );
  assert.deepEqual(texts(folder), untouched);
});

test("what fails when files already took their place takes them back", async (context) => {
  const folder = made(context);
  // Where a file should go there is one in place of its folder: seen only when it is moved.
  const writes = new Map([
    ["README.md", "new"],
    ["added.py", "new"],
    ["mine.txt/b.py", "new"],
  ]);
  await assert.rejects(updateProject(folder, { ...none, writes }), problem("RP361"));
  assert.deepEqual(texts(folder), untouched);
});

test("an update that was cut off is taken back by the next call", async (context) => {
  const folder = made(context);
  const staged = join(folder, ".reprise-update.part");
  mkdirSync(join(staged, "old"), { recursive: true });
  mkdirSync(join(staged, "new"), { recursive: true });
  const touched = [
    { path: "README.md", existed: true },
    { path: "added.py", existed: false },
    { path: "src/a.py", existed: true },
  ];
  writeFileSync(join(staged, "journal.json"), JSON.stringify({ touched }));
  writeFileSync(join(staged, "old", "README.md"), "old");
  writeFileSync(join(folder, "README.md"), "new");
  writeFileSync(join(folder, "added.py"), "new");
  await restoreProject(folder);
  assert.deepEqual(texts(folder), untouched);
});

test("a path out of the folder is refused, and nothing is written", async (context) => {
  const folder = made(context);
  const writes = new Map([["../escaped.txt", "x"]]);
  await assert.rejects(updateProject(folder, { ...none, writes }), problem("RP163"));
  assert.deepEqual(texts(folder), untouched);
});

test("a full disk leaves the project as it was", async (context) => {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return context.skip("needs root to mount a small disk");
  const parent = join(temporaryFolder(context), "disk");
  mkdirSync(parent);
  const mounted = await runProcess("mount", ["-t", "tmpfs", "-o", "size=128k", "tmpfs", parent]);
  if (mounted.code !== 0) return context.skip(`no small disk here: ${mounted.stderr.trim()}`);
  try {
    writeFileSync(join(parent, "README.md"), "old");
    const writes = new Map([
      ["README.md", "new"],
      ["big.txt", "x".repeat(1 << 20)],
    ]);
    await assert.rejects(updateProject(parent, { ...none, writes }), problem("RP362"));
    assert.deepEqual(texts(parent), { "README.md": "old" });
  } finally {
    await runProcess("umount", [parent]);
  }
});

test("files that may only be read are updated, and still may only be read", async (context) => {
  const folder = made(context);
  chmodSync(join(folder, "README.md"), 0o444);
  chmodSync(join(folder, "src", "a.py"), 0o444);
  await updateProject(folder, { ...none, writes: new Map([["README.md", "new"]]), removals: ["src/a.py"] });
  assert.deepEqual(texts(folder), { "README.md": "new", "mine.txt": "mine" });
  assert.equal(statSync(join(folder, "README.md")).mode & 0o777, 0o444);
});

test("a project on a disk that may only be read is told, and stays as it was", async (context) => {
  const folder = made(context);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    // Root may write into any folder, but not onto a disk that is mounted for reading only.
    const { code, stderr } = await runProcess("sh", [
      "-c",
      'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"',
      "sh",
      folder,
    ]);
    if (code !== 0) return context.skip(`no read-only disk here: ${stderr.trim()}`);
  } else chmodSync(folder, 0o500);
  try {
    const update = { ...none, writes: new Map([["README.md", "new"]]) };
    await assert.rejects(updateProject(folder, update), problem("RP361"));
    assert.deepEqual(texts(folder), untouched);
  } finally {
    if (isRoot) await runProcess("umount", [folder]);
    else chmodSync(folder, 0o700);
  }
});
