import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { madePaths } from "../../../core/src/verify/sides/made-paths.ts";
import { WorkspaceSource } from "../../../core/src/verify/sides/workspace.ts";
import { temporaryFolder } from "../../support/folder.ts";

function notebookAt(path: string, source: string) {
  const cell = { cell_type: "code", metadata: {}, source, execution_count: null, outputs: [] };
  return readNotebook(JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 4 }), path);
}

test("a copy reaches as far up as the notebook's paths, holds no project, and writes into it stay there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "reprise-workspace-"));
  try {
    for (const each of ["data", "work/notebooks", "work/out/src", "work/.git"]) {
      mkdirSync(join(folder, each), { recursive: true });
    }
    writeFileSync(join(folder, "data", "a.csv"), "a");
    writeFileSync(join(folder, "work", "notebooks", "old.csv"), "old");
    writeFileSync(join(folder, "work", "out", "src", "x.py"), "");
    const notebook = notebookAt(join(folder, "work", "notebooks", "n.ipynb"), 'open("../../data/a.csv")');
    const source = await WorkspaceSource.of(notebook, [join(folder, "work", "out"), join(folder, "copy")]);
    assert.equal(source.shared, undefined);
    const { directory, remove } = await source.open(join(folder, "copy"), { files: ["old.csv"], folders: [] });
    assert.equal(readFileSync(join(directory, "..", "..", "data", "a.csv"), "utf8"), "a");
    assert.ok(!existsSync(join(directory, "old.csv")));
    assert.ok(!existsSync(join(directory, "..", "out")));
    assert.ok(!existsSync(join(directory, "..", ".git")));
    writeFileSync(join(directory, "..", "..", "data", "a.csv"), "b");
    assert.equal(readFileSync(join(folder, "data", "a.csv"), "utf8"), "a");
    await remove();
    assert.ok(!existsSync(join(folder, "copy")));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a notebook that reaches up to the root of the file system runs in its own folder, and that is said", async () => {
  const source = await WorkspaceSource.of(notebookAt("/a/n.ipynb", 'open("../../b.csv")'), []);
  assert.match(source.shared ?? "", /root of the file system/);
});

test("a copy has no folder that the notebook makes, unless something lies in it that the notebook does not make", async () => {
  const folder = mkdtempSync(join(tmpdir(), "reprise-workspace-"));
  try {
    for (const each of ["n/out/figures", "n/data", "n/kept"]) mkdirSync(join(folder, each), { recursive: true });
    for (const each of ["out/a.csv", "out/figures/b.png", "data/c.csv"]) writeFileSync(join(folder, "n", each), "");
    const source = await WorkspaceSource.of(notebookAt(join(folder, "n", "n.ipynb"), ""), [join(folder, "copy")]);
    const { directory } = await source.open(join(folder, "copy"), {
      files: ["out/a.csv", "out/figures/b.png"],
      folders: ["out", "out/figures", "data", "../../elsewhere", "."],
    });
    assert.deepEqual(readdirSync(directory).sort(), ["data", "kept"]);
    assert.ok(existsSync(join(folder, "n", "out", "figures")));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a file is the notebook's own where it is written before it is read", async () => {
  const { files } = madePaths(
    await dataflowOf(
      [
        'first = open("in.csv").read()',
        'open("out.csv", "w").write(first)',
        'open("in.csv", "w").write(first)',
        'open("out.csv").read()',
        'open("log.txt", "a").write(first)',
        "open(input(), 'w').write(first)",
      ].join("\n"),
    ),
  );
  assert.deepEqual(files, ["out.csv"]);
});

test("a folder is the notebook's own where it is made before a file in it is used", async () => {
  const { folders } = madePaths(
    await dataflowOf(
      [
        "import os",
        "from pathlib import Path",
        'open("models/a.txt", "w").write("")',
        'os.makedirs("models", exist_ok=True)',
        'OUT = Path("out")',
        "OUT.mkdir(exist_ok=True)",
        '(OUT / "figures").mkdir()',
        'open(OUT / "a.csv", "w").write("")',
        'os.mkdir("/srv/out")',
        "os.mkdir(input())",
      ].join("\n"),
    ),
  );
  assert.deepEqual(folders, ["out", "out/figures"]);
});

async function dataflowOf(source: string) {
  const parser = await createPythonParser(loadGrammar());
  return analyseNotebook(notebookAt("/n/n.ipynb", source), parser).document;
}

test("what this user may not read is left out of a copy, and stops nothing", async (context) => {
  if (process.platform === "win32") return context.skip("permissions are POSIX's");
  const folder = temporaryFolder(context);
  const [user, copy] = [join(folder, "user"), join(folder, "copy")];
  for (const each of ["locked", "open"]) mkdirSync(join(user, each), { recursive: true });
  for (const each of ["locked/a.csv", "open/b.csv", "secret.csv"]) writeFileSync(join(user, each), "x");
  const source = await WorkspaceSource.of(notebookAt(join(user, "n.ipynb"), "1"), []);
  const owner = process.getuid?.() ?? 0;
  // Root may read everything.
  if (owner === 0) for (const each of [folder, user, join(user, "open")]) chmodSync(each, 0o777);
  for (const each of ["locked", "secret.csv"]) chmodSync(join(user, each), 0);
  try {
    if (owner === 0) process.seteuid?.(65_534);
    const { directory } = await source.open(copy, { files: [], folders: [] });
    assert.deepEqual(readdirSync(directory).sort(), ["locked", "open"]);
    assert.deepEqual(readdirSync(join(directory, "open")), ["b.csv"]);
    assert.deepEqual(readdirSync(join(directory, "locked")), []);
  } finally {
    if (owner === 0) process.seteuid?.(owner);
    chmodSync(join(user, "locked"), 0o700);
  }
});
