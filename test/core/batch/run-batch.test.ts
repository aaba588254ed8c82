import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { BatchRow } from "../../../core/src/batch/batch-row.ts";
import { type BatchRequest, type BatchTask, runBatch } from "../../../core/src/batch/run-batch.ts";
import { visibleCards, workerVariables } from "../../../core/src/batch/worker.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import type { RunRecord } from "../../../core/src/run/record/record.ts";
import { runRecord } from "../../support/run-record.ts";

const sets = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));

/** Runs that take no time, and what became of each as `ends` says; notes how many ran, and were ready, at once. */
function watched(ends: (task: BatchTask) => Partial<RunRecord> | Promise<Partial<RunRecord>> = () => ({})) {
  const seen = { running: 0, most: 0, ready: 0, mostReady: 0, order: [] as number[] };
  const run: BatchRequest["run"] = async (task) => {
    seen.ready++;
    seen.mostReady = Math.max(seen.mostReady, seen.ready);
    await task.turn.finally(() => seen.ready--);
    seen.running++;
    seen.most = Math.max(seen.most, seen.running);
    seen.order.push(task.index);
    await sleep(2);
    const end = await Promise.resolve(ends(task)).finally(() => seen.running--);
    return { record: runRecord({ status: "succeeded", parameters: { n: task.index }, ...end }) };
  };
  return { seen, run };
}

const statuses = (rows: readonly BatchRow[]) => rows.map(({ status }) => status);

describe("a batch", () => {
  test("runs everything, no more at a time than there are workers, while the next ones are made ready", async () => {
    const { run, seen } = watched();
    const rows = await runBatch({ sets: sets(20), workers: 3, run });
    assert.deepEqual(
      rows.map(({ index }) => index),
      [...sets(20).keys()],
    );
    assert.ok(rows.every(({ status }) => status === "succeeded"));
    assert.equal(seen.most, 3);
    assert.ok(seen.mostReady > 3 && seen.mostReady <= 6, String(seen.mostReady));
    assert.deepEqual(
      seen.order.slice().sort((left, right) => left - right),
      [...sets(20).keys()],
    );
  });

  test("makes only what is not done yet", async () => {
    const { run, seen } = watched();
    const done = new Map([
      [1, { index: 1, status: "succeeded", parameters: { n: 1 }, metrics: {}, reused: true }],
    ] as const);
    const rows = await runBatch({ sets: sets(3), workers: 2, done, run });
    assert.deepEqual(seen.order, [0, 2]);
    assert.equal(rows[1]?.reused, true);
  });

  test("a run that fails does not stop the others, and ends everything with failFast", async () => {
    const ends = ({ index }: BatchTask) =>
      index === 1 ? { status: "failed" as const, failure: { name: "ValueError", message: "no", traceback: [] } } : {};
    const all = await runBatch({ sets: sets(6), workers: 1, run: watched(ends).run });
    assert.deepEqual(statuses(all), ["succeeded", "failed", "succeeded", "succeeded", "succeeded", "succeeded"]);
    assert.equal(all[1]?.failure, "ValueError: no");
    const { run, seen } = watched(ends);
    const first = await runBatch({ sets: sets(6), workers: 1, failFast: true, run });
    assert.deepEqual(statuses(first), ["succeeded", "failed", "not-run", "not-run", "not-run", "not-run"]);
    assert.deepEqual(seen.order, [0, 1]);
  });

  test("what died or could not start is tried again and says why; what its own code raised is not", async () => {
    const tries: number[] = [];
    const run: BatchRequest["run"] = async ({ index, attempt, turn }) => {
      await turn;
      tries.push(index);
      if (index === 0 && attempt === 1) throw new ProblemError({ id: "RP322", message: "no kernel", mend: "wait" });
      if (index === 1 && attempt < 3) return { record: runRecord({ status: "died" }) };
      if (index === 2) {
        const failure = { name: "ValueError", message: "no", traceback: [] };
        return { record: runRecord({ status: "failed", failure }) };
      }
      return { record: runRecord({ status: "succeeded" }) };
    };
    const rows = await runBatch({ sets: sets(3), workers: 1, retries: 2, run });
    assert.deepEqual(statuses(rows), ["succeeded", "succeeded", "failed"]);
    assert.deepEqual(tries, [0, 0, 1, 1, 1, 2]);
    assert.deepEqual(rows[0]?.retried, ["NotStarted: no kernel"]);
    assert.equal(rows[1]?.retried?.length, 2);
  });

  test("an abort ends it: what has not begun is not run, nothing is left waiting", async () => {
    const stop = new AbortController();
    const { run, seen } = watched(({ index }) => {
      if (index === 2) stop.abort();
      return index === 2 ? { status: "interrupted" } : {};
    });
    const rows = await runBatch({ sets: sets(8), workers: 1, signal: stop.signal, run });
    assert.deepEqual(statuses(rows).slice(0, 4), ["succeeded", "succeeded", "interrupted", "not-run"]);
    assert.equal(seen.running + seen.ready, 0);
  });

  test("a bug in a run is thrown, not counted", async () => {
    const run = async () => {
      throw new TypeError("a bug");
    };
    await assert.rejects(runBatch({ sets: sets(4), workers: 2, run }), /a bug/);
  });

  test("a bug is thrown when all that runs has ended, so that nothing is taken away beneath it", async () => {
    const { run, seen } = watched(async ({ index }) => {
      if (index === 0) throw new TypeError("a bug");
      await sleep(50);
      return {};
    });
    await assert.rejects(runBatch({ sets: sets(8), workers: 2, run }), /a bug/);
    assert.equal(seen.running + seen.ready, 0);
  });
});

describe("what workers are given", () => {
  test("their share of the cores, unless the caller said otherwise; one alone has the machine", () => {
    const [first] = workerVariables({ workers: 4, cores: 10 }, { MKL_NUM_THREADS: "1" });
    assert.equal(first?.OMP_NUM_THREADS, "2");
    assert.equal(first?.MKL_NUM_THREADS, undefined);
    assert.deepEqual(workerVariables({ workers: 1, cores: 10, gpus: ["0", "1"] }, {}), [{}]);
    assert.equal(workerVariables({ workers: 1, cores: 10, threads: 3 }, {})[0]?.OMP_NUM_THREADS, "3");
    assert.equal(workerVariables({ workers: 8, cores: 2 }, {})[0]?.OMP_NUM_THREADS, "1");
  });

  test("graphics cards in turn, of those that the caller may see", () => {
    const cards = visibleCards(4, { CUDA_VISIBLE_DEVICES: "2,3" });
    const given = workerVariables({ workers: 3, cores: 8, gpus: cards }, {});
    assert.deepEqual(
      given.map(({ CUDA_VISIBLE_DEVICES }) => CUDA_VISIBLE_DEVICES),
      ["2", "3", "2"],
    );
    assert.deepEqual(visibleCards(2, {}), ["0", "1"]);
    assert.deepEqual(visibleCards(2, { CUDA_VISIBLE_DEVICES: "" }), []);
    assert.deepEqual(visibleCards(4, { CUDA_VISIBLE_DEVICES: "GPU-8f3c, MIG-1,-1,0" }), ["GPU-8f3c", "MIG-1"]);
  });
});
