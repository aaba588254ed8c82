import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { type ProcessUsage, usageInList } from "../../../core/src/host/process-usage.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { parseGraphics } from "../../../core/src/run/record/graphics-use.ts";
import { graphicsCards } from "../../../core/src/run/record/hardware.ts";
import { whileSampling } from "../../../core/src/run/record/resource-sampler.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { requireEngine } from "../../support/engine.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";

const fixtures = join(import.meta.dirname, "fixtures", "resources");

test("a run knows what its kernel and the processes that it started used", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const directory = temporaryFolder(context);
  const holds = "import subprocess, sys, time\nheld = bytearray(200_000_000)\nheld[::4096] = b'x' * len(held[::4096])";
  const child =
    "child = subprocess.Popen([sys.executable, '-c', 'held = bytearray(b\"x\" * 150_000_000); import time; time.sleep(60)'])";
  const works = "until = time.process_time() + 1\nwhile time.process_time() < until: pass";
  const cells = [holds, child, works, "time.sleep(1.2)\nchild.kill()"];
  const { record } = await runNotebook({
    notebook: readNotebook(notebookText(cells), join(directory, "a.ipynb")),
    engine,
    directory,
    command: ["reprise", "run"],
  });
  const { resources } = record;
  assert.equal(record.status, "succeeded", JSON.stringify(record.failure));
  assert.ok(resources !== undefined && resources.cpuSeconds >= 1, JSON.stringify(resources));
  assert.ok(resources.peakMemoryBytes > 350e6 && resources.peakMemoryBytes < 2e9, String(resources.peakMemoryBytes));
  assert.ok(resources.samples.some(({ processes }) => processes === 2));
});

test("a short run has a look at its end", async () => {
  const usage: ProcessUsage = { cpuSeconds: 0.2, memoryBytes: 5e7, processes: 1 };
  const { resources, result } = await whileSampling(
    async () => usage,
    {},
    async () => "done",
  );
  assert.deepEqual([result, resources?.cpuSeconds, resources?.peakMemoryBytes], ["done", 0.2, 5e7]);
});

test("a kernel of which nobody can tell has no resources, and one that does not answer is not waited for", async () => {
  const silent: readonly (() => Promise<undefined>)[] = [
    async () => undefined,
    () => Promise.reject(new Error("gone")),
    () => new Promise(() => {}),
  ];
  for (const usage of silent) {
    assert.deepEqual(await whileSampling(usage, {}, async () => "done"), { result: "done" });
  }
});

test("the list of processes of macOS and BSD is read for one tree (written as ps(1) there describes it)", () => {
  const list = readFileSync(join(fixtures, "ps.txt"), "utf8");
  assert.deepEqual(usageInList(list, 501), {
    cpuSeconds: 62.5 + 3600 + 90_061,
    memoryBytes: (1000 + 2000 + 3000) * 1024,
    processes: 3,
  });
  assert.equal(usageInList(list, 999), undefined);
});

test("nvidia-smi is asked as long as a run lasts, and ended with it (a stand-in of that name)", async (context) => {
  const folder = temporaryFolder(context);
  copyFileSync(join(fixtures, "nvidia-smi"), join(folder, "nvidia-smi"));
  const before = process.env.PATH;
  process.env.PATH = `${folder}:${before}`;
  context.after(() => {
    process.env.PATH = before;
  });
  assert.deepEqual(await graphicsCards(), ["Stand-in H1, 999.1"]);
  const processes = () => readFileSync(join(folder, "processes"), "utf8").trim().split("\n").map(Number);
  const usage: ProcessUsage = { cpuSeconds: 0.2, memoryBytes: 5e7, processes: 1 };
  const untilAsked = async (times: number): Promise<void> => {
    while (processes().length < times) await setTimeout(20);
    await setTimeout(500);
  };
  const { resources } = await whileSampling(
    async () => usage,
    {},
    () => untilAsked(2),
  );
  const seen = { index: 0, percent: 87, memoryBytes: 40_321 * 2 ** 20, totalBytes: 81_559 * 2 ** 20 };
  assert.deepEqual(resources?.samples.at(-1)?.gpus, [seen]);
  const breaksOff = async (): Promise<never> => {
    await untilAsked(3);
    throw new Error("the run broke off");
  };
  await assert.rejects(
    whileSampling(async () => usage, {}, breaksOff),
    { message: "the run broke off" },
  );
  const isThere = (asked: number): boolean => {
    try {
      return process.kill(asked, 0);
    } catch {
      return false;
    }
  };
  while (processes().slice(1).some(isThere)) await setTimeout(20);
});

test("what nvidia-smi tells of cards is read, cards that do not say are left out (a text in its documented form)", () => {
  const text = readFileSync(join(fixtures, "nvidia-smi.csv"), "utf8");
  const mebibyte = 2 ** 20;
  assert.deepEqual(parseGraphics(text), [
    { index: 0, percent: 87, memoryBytes: 40_321 * mebibyte, totalBytes: 81_559 * mebibyte },
    { index: 1, percent: 0, memoryBytes: 4 * mebibyte, totalBytes: 81_559 * mebibyte },
    { index: 3, percent: 0, memoryBytes: 1200 * mebibyte, totalBytes: 24_576 * mebibyte },
  ]);
});
