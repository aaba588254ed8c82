import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pairedFiles } from "../../../core/src/verify/comparison/paired-files.ts";
import { placeWritten, WrittenFilesWatch } from "../../../core/src/verify/sides/written-files.ts";

/** What a run has written and made, as it is kept. */
function written(...paths: readonly string[]) {
  return new Map(paths.map((path) => [path, { path, file: `/kept/${path}`, by: "1" }]));
}

const paths = (files: readonly { readonly path: string }[]) => files.map(({ path }) => path);

test("a folder that one side makes is told where it stays empty, and by its files where it does not", () => {
  const notebook = written("out/", "out/deep/", "out/deep/a.csv", "models/", "logs/");
  const { pairs, missing, more } = pairedFiles(notebook, notebook, written("out/", "logs/", "cache/"));
  assert.deepEqual(paths(pairs), ["logs/"]);
  assert.deepEqual(paths(missing), ["out/deep/a.csv", "models/"]);
  assert.deepEqual(paths(more), ["out/", "cache/"]);
});

test("a run's folders are told by the step that made them, and put where the next run finds them", async () => {
  const root = mkdtempSync(join(tmpdir(), "reprise-written-"));
  const target = mkdtempSync(join(tmpdir(), "reprise-placed-"));
  try {
    mkdirSync(join(root, "there"));
    const own = { directory: root, root, excluded: [], isShared: false };
    const files = await WrittenFilesWatch.of({ ...own, keepOnly: async () => {}, remove: async () => {} });
    mkdirSync(join(root, "out", "empty"), { recursive: true });
    await files.step("make");
    writeFileSync(join(root, "out", "a.txt"), "a");
    writeFileSync(join(root, "there", "b.txt"), "b");
    await files.step("use");
    const found = await files.written();
    assert.deepEqual([...(found?.values() ?? [])].map(({ path, by }) => `${by} ${path}`).sort(), [
      "make out/",
      "make out/empty/",
      "use out/a.txt",
      "use there/b.txt",
    ]);
    for (const one of found?.values() ?? []) if (one.by === "make") await placeWritten(one, target);
    const placed = { directory: target, root: target, excluded: [], isShared: false };
    const none = await WrittenFilesWatch.of({ ...placed, keepOnly: async () => {}, remove: async () => {} });
    mkdirSync(join(target, "more"));
    await none.step("more");
    assert.deepEqual([...((await none.written())?.keys() ?? [])], ["more/"]);
  } finally {
    for (const folder of [root, target]) rmSync(folder, { recursive: true, force: true });
  }
});
