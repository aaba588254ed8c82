import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { madeFiles, WorkspaceSource } from "../../../core/src/verify/sides/workspace.ts";

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
    const { directory, remove } = await source.open(join(folder, "copy"), ["old.csv"]);
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

test("a file is the notebook's own where it is written before it is read", () => {
  const made = madeFiles([
    { use: "read", path: "in.csv" },
    { use: "write", path: "out.csv" },
    { use: "write", path: "in.csv" },
    { use: "read", path: "out.csv" },
    { use: "append", path: "log.txt" },
    { use: "write" },
  ]);
  assert.deepEqual(made, ["out.csv"]);
});
