import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gitIdentity } from "../../../core/src/run/record/code-identity.ts";
import { hashFile, hashFolder, hashText, identifyData } from "../../../core/src/run/record/file-hash.ts";
import { temporaryFolder } from "../../support/folder.ts";

test("the commit of a notebook, its branch, its remote without credentials, and whether it was changed", async (context) => {
  const folder = temporaryFolder(context);
  const git = (...args: string[]) => execFileSync("git", ["-C", folder, ...args], { encoding: "utf8" });
  const path = join(folder, "a.ipynb");
  assert.equal(await gitIdentity(path), undefined);
  git("init", "-q", "-b", "trunk");
  git("remote", "add", "origin", "https://user:secret@example.org/a.git");
  writeFileSync(path, "{}");
  git("add", ".");
  git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "one");
  const commit = git("rev-parse", "HEAD").trim();
  const clean = { commit, branch: "trunk", remote: "https://example.org/a.git", dirty: false };
  assert.deepEqual(await gitIdentity(path), clean);
  writeFileSync(path, "{ }");
  assert.deepEqual(await gitIdentity(path), { ...clean, dirty: true });
  assert.equal((await gitIdentity(join(folder, "never-added.ipynb")))?.dirty, true);
});

test("files and folders are known by their content", async (context) => {
  const folder = temporaryFolder(context);
  const file = join(folder, "a.csv");
  writeFileSync(file, "1,2\n");
  assert.equal(await hashFile(file), hashText("1,2\n"));
  const before = await hashFolder(folder);
  writeFileSync(join(folder, "b.csv"), "");
  assert.notEqual(await hashFolder(folder), before);
  assert.equal(await hashFolder(folder, { isSkipped: (path) => path === "b.csv" }), before);
  assert.deepEqual(await identifyData(file, "read"), { path: file, use: "read", hash: hashText("1,2\n"), bytes: 4 });
  assert.deepEqual(await identifyData(join(folder, "none"), "read"), { path: join(folder, "none"), use: "read" });
});
