import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join, parse } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { compareRuns } from "../../../core/src/tracking/compare-runs.ts";
import { openRunStore, type RunStore } from "../../../core/src/tracking/run-store.ts";
import { storeFolder } from "../../../core/src/tracking/store-folder.ts";
import { runRecord } from "../../support/run-record.ts";

describe("the store of runs", () => {
  let folder: string;
  let store: RunStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "reprise-store-"));
    store = await openRunStore(join(folder, ".reprise"));
  });

  afterEach(async () => {
    store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("keeps a run with its files, and shows it by the beginning of its id", async () => {
    const record = runRecord({
      parameters: { lr: 0.1 },
      metrics: [{ name: "loss", value: Number.NaN, step: 1, time: 1 }],
    });
    await store.begin(record);
    const kept = await store.finish({ ...record, status: "succeeded" }, [
      { name: "notebook.ipynb", text: '{"cells": []}' },
      { name: "../../climbs/out.txt", text: "stays" },
    ]);
    assert.deepEqual(
      kept.outputs.map(({ path, bytes }) => [path, bytes]),
      [
        ["notebook.ipynb", 13],
        ["climbs/out.txt", 5],
      ],
    );
    assert.equal(await readFile(join(store.folderOf(record.id), "climbs", "out.txt"), "utf8"), "stays");
    const shown = await store.show(record.id.slice(0, 6));
    assert.deepEqual(shown, kept);
    assert.ok(Number.isNaN(shown.metrics[0]?.value), "what JSON cannot hold comes back");
  });

  it("keeps a large file once, however many runs have it", async () => {
    const text = "x".repeat(400_000);
    const inodes: number[] = [];
    for (const name of ["first", "second"]) {
      const record = runRecord({ name });
      await store.begin(record);
      await store.finish({ ...record, status: "succeeded" }, [{ name: "model.bin", text }]);
      const file = join(store.folderOf(record.id), "model.bin");
      assert.equal((await readFile(file, "utf8")).length, text.length);
      inodes.push((await stat(file)).ino);
    }
    assert.equal(inodes[0], inodes[1]);
  });

  it("lists the newest first, by experiment and status", async () => {
    for (const [day, experiment, status] of [
      ["01", "a", "succeeded"],
      ["03", "b", "failed"],
      ["02", "a", "failed"],
    ] as const) {
      const record = runRecord({ name: day, experiment, started: `2026-01-${day}T00:00:00.000Z` });
      await store.begin(record);
      await store.finish({ ...record, status }, []);
    }
    const names = async (filter?: Parameters<RunStore["list"]>[0]) =>
      (await store.list(filter)).map(({ name }) => name);
    assert.deepEqual(await names(), ["03", "02", "01"]);
    assert.deepEqual(await names({ experiment: "a" }), ["02", "01"]);
    assert.deepEqual(await names({ status: "failed", limit: 1 }), ["03"]);
  });

  it("makes its index again from the folders, after it was lost or damaged", async () => {
    const record = runRecord();
    await store.begin(record);
    await store.finish({ ...record, status: "succeeded" }, []);
    await mkdir(join(folder, ".reprise", "runs", "not-a-run"));
    store.close();
    const index = join(folder, ".reprise", "index.sqlite");
    for (const damage of [() => rm(index), () => writeFile(index, "this is no database, ".repeat(500))]) {
      await damage();
      for (const end of ["-wal", "-shm"]) await rm(`${index}${end}`, { force: true });
      store = await openRunStore(join(folder, ".reprise"));
      assert.deepEqual(
        (await store.list()).map(({ id }) => id),
        [record.id],
      );
      store.close();
    }
  });

  it("makes an index of more runs than files may be open", async (context) => {
    if (process.platform === "win32") return context.skip("the limit is POSIX's");
    const records = Array.from({ length: 150 }, (_, n) => runRecord({ name: `run ${n}`, status: "succeeded" }));
    for (const record of records) {
      await mkdir(store.folderOf(record.id), { recursive: true });
      await writeFile(join(store.folderOf(record.id), "record.json"), JSON.stringify(record));
    }
    const module = pathToFileURL(join(import.meta.dirname, "../../../core/src/tracking/run-store.ts")).href;
    const script = `import { openRunStore } from ${JSON.stringify(module)};
      const store = await openRunStore(process.argv[1]);
      console.log((await store.list()).length);`;
    store.close();
    for (const end of ["", "-wal", "-shm"]) await rm(join(store.folder, `index.sqlite${end}`), { force: true });
    const limited = ["-c", 'ulimit -n 96 && exec "$@"', "sh", process.execPath, "--input-type=module", "-e", script];
    const { code, stderr, stdout } = await runProcess("sh", [...limited, store.folder]);
    assert.equal(code, 0, stderr);
    assert.equal(stdout.trim(), String(records.length));
  });

  it("says of a run whose process is gone that it died, and of one that goes on that it runs", async () => {
    const script = join(folder, "leaves.ts");
    const sources = join(import.meta.dirname, "..", "..", "..");
    const source = (path: string) => JSON.stringify(pathToFileURL(join(sources, path)).href);
    await writeFile(
      script,
      `import { openRunStore } from ${source("core/src/tracking/run-store.ts")};
       import { runRecord } from ${source("test/support/run-record.ts")};
       const store = await openRunStore(${JSON.stringify(join(folder, ".reprise"))});
       await store.begin(runRecord({ name: "left", started: new Date().toISOString() }));
       process.kill(process.pid, "SIGKILL");`,
    );
    await runProcess(process.execPath, [script]);
    await store.begin(runRecord({ name: "mine", started: new Date().toISOString() }));
    const found = new Map((await store.list()).map(({ name, status, id }) => [name, { status, id }]));
    assert.equal(found.get("left")?.status, "died");
    assert.equal(found.get("mine")?.status, "running");
    assert.equal((await store.show(found.get("left")?.id as string)).status, "died");
  });

  it("does not judge a run of another machine", async () => {
    const record = runRecord({ started: new Date().toISOString() });
    await store.begin(record);
    const owner = { process: 1, host: `${hostname()}-another` };
    await writeFile(join(store.folderOf(record.id), "owner.json"), JSON.stringify(owner));
    store.close();
    await rm(join(store.folder, "index.sqlite"));
    store = await openRunStore(store.folder);
    assert.equal((await store.list())[0]?.status, "running");
  });

  it("takes runs of many processes at once", { timeout: 400_000 }, async () => {
    const script = join(folder, "writes.ts");
    const sources = join(import.meta.dirname, "..", "..", "..");
    const source = (path: string) => JSON.stringify(pathToFileURL(join(sources, path)).href);
    await writeFile(
      script,
      `import { openRunStore } from ${source("core/src/tracking/run-store.ts")};
       import { runRecord } from ${source("test/support/run-record.ts")};
       const store = await openRunStore(${JSON.stringify(join(folder, "shared", ".reprise"))});
       for (let at = 0; at < 10; at++) {
         const record = runRecord();
         await store.begin(record);
         await store.finish({ ...record, status: "succeeded" }, [{ name: "a.txt", text: "b".repeat(300_000) }]);
       }
       store.close();`,
    );
    const ends = await Promise.all(Array.from({ length: 4 }, () => runProcess(process.execPath, [script])));
    assert.deepEqual(
      ends.map(({ code, stderr }) => [code, stderr]),
      ends.map(() => [0, ""]),
    );
    const shared = await openRunStore(join(folder, "shared", ".reprise"));
    assert.equal((await shared.list({ status: "succeeded" })).length, 40);
    shared.close();
  });

  it("names the mend for an id that no run or more than one run has", async () => {
    for (const id of ["ab00", "ab11"]) await store.begin(runRecord({ id: id.padEnd(32, "0") }));
    await assert.rejects(store.show("ab"), /"ab" is the beginning of more than one run: ab0000000000, ab1100000000/);
    await assert.rejects(store.show("ffff"), /There is no run "ffff"/);
    await assert.rejects(store.show("%"), /There is no run/);
  });

  it("says that a folder which cannot be written cannot hold runs", async () => {
    await writeFile(join(folder, "file"), "");
    await assert.rejects(
      openRunStore(join(folder, "file", ".reprise")),
      (error: Error & { problem?: { id: string } }) => {
        assert.equal(error.problem?.id, "RP343");
        return true;
      },
    );
  });

  it("lies in the nearest folder upward that has one", async () => {
    const below = join(folder, "a", "b");
    await mkdir(below, { recursive: true });
    assert.equal(storeFolder(below), join(folder, ".reprise"));
    // Not below the folder for temporary files, where anybody may have runs.
    const elsewhere = join(parse(folder).root, "reprise-nowhere", "a");
    assert.equal(storeFolder(elsewhere), join(elsewhere, ".reprise"));
    assert.ok(!existsSync(elsewhere), "asking makes nothing");
  });
});

describe("comparing runs", () => {
  it("names what differs, metrics by their last value", () => {
    const first = runRecord({
      parameters: { lr: 0.1, depth: 3 },
      metrics: [
        { name: "loss", value: 2, step: 1, time: 1 },
        { name: "loss", value: 1, step: 2, time: 2 },
      ],
      data: [{ path: "a.csv", hash: "sha256:1", use: "read" }],
    });
    const second = runRecord({
      parameters: { lr: 0.2, depth: 3 },
      metrics: [{ name: "loss", value: 3, step: 1, time: 1 }],
      data: [{ path: "a.csv", hash: "sha256:2", use: "read" }],
      environment: { python: "3.12.1", packages: [{ name: "pandas", version: "2.1.0" }] },
    });
    const compared = compareRuns([first, second]);
    assert.deepEqual(compared.parameters, [
      { name: "depth", values: [3, 3], differs: false },
      { name: "lr", values: [0.1, 0.2], differs: true },
    ]);
    assert.deepEqual(compared.metrics, [{ name: "loss", values: [1, 3], differs: true }]);
    assert.deepEqual(compared.packages, [{ name: "pandas", values: ["2.0.2", "2.1.0"], differs: true }]);
    assert.deepEqual(compared.data, [{ name: "a.csv", values: ["sha256:1", "sha256:2"], differs: true }]);
    assert.deepEqual(
      compared.circumstances.map(({ name }) => name),
      ["python"],
    );
  });
});
