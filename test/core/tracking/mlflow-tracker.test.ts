import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, type SuiteContext, type TestContext } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import type { RunRecord } from "../../../core/src/run/record/record.ts";
import { type MlflowServer, startServer } from "../../../core/src/tracking/mlflow-server.ts";
import { openTracker } from "../../../core/src/tracking/open-tracker.ts";
import { openRunSink } from "../../../core/src/tracking/run-sink.ts";
import { openRunStore, type RunStore } from "../../../core/src/tracking/run-store.ts";
import { shareTrackers } from "../../../core/src/tracking/shared-trackers.ts";
import { testPython } from "../../support/python.ts";
import { runRecord } from "../../support/run-record.ts";
import { type MlflowReader, type MlflowView, mlflowReader } from "./mlflow-reader.ts";

describe("an MLflow tracker against a real server", { timeout: 400_000 }, () => {
  let folder: string;
  let python: string | undefined;
  let server: MlflowServer | undefined;
  let reader: MlflowReader | undefined;
  let store: RunStore;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "reprise-mlflow-"));
    store = await openRunStore(join(folder, ".reprise"));
    python = await testPython("mlflow").catch((error: unknown) => {
      if (process.env.REPRISE_REQUIRE === "all") throw error;
      return undefined;
    });
    if (python === undefined) return;
    const local = {
      kind: "local" as const,
      backendStore: `sqlite:///${join(folder, "mlflow.db")}`,
      artifacts: join(folder, "mlartifacts"),
    };
    server = await startServer(local, { python });
    reader = mlflowReader(python, server.url);
  });

  after(async () => {
    store.close();
    await reader?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function requireServer(context: TestContext | SuiteContext): MlflowServer | undefined {
    if (server === undefined) (context as TestContext).skip("no environment with MLflow here");
    return server;
  }

  function seen(runUrl: string): Promise<MlflowView> {
    return (reader as MlflowReader).read(runUrl.split("/").at(-1) as string);
  }

  async function told(record: RunRecord, final: Partial<RunRecord>, files: { name: string; text: string }[] = []) {
    const sink = openRunSink(store, [
      openTracker((server as MlflowServer).url) as NonNullable<ReturnType<typeof openTracker>>,
    ]);
    const { environment } = await sink.begin(record);
    await sink.log(final.metrics?.slice(0, 2) ?? []);
    const kept = await sink.finish({ ...record, ...final }, files);
    return { environment, kept, result: kept.tracking[0] };
  }

  it("has what the kernel used under the names of MLflow's own system metrics", async (context) => {
    if (requireServer(context) === undefined) return;
    const gpus = [{ index: 0, percent: 87, memoryBytes: 4e9, totalBytes: 8e9 }];
    const samples = [
      { time: 1_000, cores: 0, memoryBytes: 100e6, processes: 1 },
      { time: 2_000, cores: 1.5, memoryBytes: 250e6, processes: 3, gpus },
    ];
    const resources = { cpuSeconds: 1.5, peakMemoryBytes: 250e6, totalMemoryBytes: 1e9, cores: 2, samples };
    const { result } = await told(runRecord(), { status: "succeeded", resources });
    const { metrics } = await seen(result?.url ?? "");
    const values = Object.fromEntries(
      Object.entries(metrics).map(([name, points]) => [name, points.map(([, value]) => Number(value))]),
    );
    assert.deepEqual(values, {
      "system/cpu_utilization_percentage": [0, 75],
      "system/system_memory_usage_megabytes": [100, 250],
      "system/system_memory_usage_percentage": [10, 25],
      "system/gpu_0_utilization_percentage": [87],
      "system/gpu_0_memory_usage_megabytes": [4000],
      "system/gpu_0_memory_usage_percentage": [50],
    });
  });

  it("shows the runs of a batch below it, through one server that all share", async (context) => {
    const address = requireServer(context)?.url;
    if (address === undefined) return;
    const trackers = shareTrackers([address]);
    const batch = runRecord({ kind: "batch", experiment: "grid" });
    const parent = openRunSink(store, trackers.forRun());
    const { environment } = await parent.begin(batch);
    const children = [1, 2].map((n) => runRecord({ experiment: "grid", parent: batch.id, parameters: { n } }));
    const urls = await Promise.all(
      children.map(async (record) => {
        const sink = openRunSink(store, trackers.forRun());
        await sink.begin(record);
        return (await sink.finish({ ...record, status: "succeeded" }, [])).tracking[0]?.url as string;
      }),
    );
    await parent.finish({ ...batch, status: "succeeded" }, []);
    await trackers.close();
    for (const url of urls) {
      assert.equal((await seen(url)).tags["mlflow.parentRunId"], environment.MLFLOW_RUN_ID);
    }
  });

  it("shows parameters, metric histories, tags, source, files and data as MLflow's own client reads them", async (context) => {
    if (requireServer(context) === undefined) return;
    const record = runRecord({
      experiment: "churn / März",
      parameters: {
        lr: 0.1,
        layers: [64, 32],
        name: "größer",
        long: "x".repeat(7000),
        "a[0]": 1,
        "a(0)": 2,
        none: null,
      },
      tags: { team: "risk" },
      data: [{ path: "data/train.csv", hash: `sha256:${"b".repeat(64)}`, bytes: 12, use: "read" }],
      code: {
        path: "work/churn.ipynb",
        hash: `sha256:${"a".repeat(64)}`,
        git: {
          commit: "c0ffee",
          branch: "main",
          remote: "https://bob:secret@example.org/team/churn.git",
          dirty: true,
        },
      },
    });
    const { kept, result, environment } = await told(
      record,
      {
        status: "succeeded",
        ended: "2026-03-01T10:01:00.000Z",
        metrics: [
          { name: "loss", value: 0.5, step: 1, time: 1000 },
          { name: "loss", value: 0.25, step: 2, time: 2000 },
          { name: "loss", value: Number.NaN, step: 3, time: 3000 },
          { name: "acc@5", value: Infinity, step: 3, time: 3000 },
        ],
      },
      [
        { name: "notebook.ipynb", text: "{}" },
        { name: "figures/../größe 1#2.txt", text: "12" },
      ],
    );
    assert.equal(result?.error, undefined);
    const run = await seen(result?.url as string);
    assert.equal(run.experiment, "churn / März");
    assert.equal(run.name, "churn");
    assert.equal(run.status, "FINISHED");
    assert.deepEqual([run.start, run.end], [Date.parse(record.started), Date.parse("2026-03-01T10:01:00.000Z")]);
    const { long, ...params } = run.params;
    assert.deepEqual(params, {
      lr: "0.1",
      layers: "[64,32]",
      name: "größer",
      a_0_: "1",
      a_0__2: "2",
      none: "null",
    });
    assert.match(long as string, /^x{5000}.*cut by Reprise: 7000 characters/s);
    assert.deepEqual(run.metrics, {
      loss: [
        [1, "0.5", 1000],
        [2, "0.25", 2000],
        [3, "nan", 3000],
      ],
      // How MLflow keeps an infinity in its database.
      acc_5: [[3, "1.7976931348623157e+308", 3000]],
    });
    assert.equal(run.tags["mlflow.source.name"], "work/churn.ipynb");
    assert.equal(run.tags["mlflow.source.type"], "NOTEBOOK");
    assert.equal(run.tags["mlflow.source.git.commit"], "c0ffee");
    assert.equal(run.tags["mlflow.source.git.branch"], "main");
    assert.equal(run.tags["mlflow.source.git.repoURL"], "https://***@example.org/team/churn.git");
    assert.equal(run.tags["mlflow.user"], "ada");
    assert.equal(run.tags["reprise.run"], record.id);
    assert.equal(run.tags["reprise.status"], "succeeded");
    assert.equal(run.tags.team, "risk");
    assert.deepEqual(run.artifacts, ["figures/größe 1_2.txt", "notebook.ipynb", "record.json"]);
    assert.deepEqual(
      run.inputs.map(([name, digest]) => [name, digest]),
      [["train.csv", "b".repeat(36)]],
    );
    assert.equal(environment.MLFLOW_RUN_ID, result?.url?.split("/").at(-1));
    const stored = await readFile(join(store.folderOf(kept.id), "record.json"), "utf8");
    assert.ok(stored.includes(result?.url as string), "the record keeps where it was told to");
  });

  it("takes more metrics, parameters and tags than one request may hold", async (context) => {
    if (requireServer(context) === undefined) return;
    const many = (count: number, name: string) =>
      Object.fromEntries(Array.from({ length: count }, (_none, at) => [`${name}${at}`, String(at)]));
    const metrics = Array.from({ length: 2500 }, (_none, at) => ({ name: "loss", value: at, step: at, time: at + 1 }));
    const { result } = await told(runRecord({ parameters: many(230, "p"), tags: many(150, "t") }), {
      status: "failed",
      metrics,
    });
    assert.equal(result?.error, undefined);
    const run = await seen(result?.url as string);
    assert.equal(run.status, "FAILED");
    assert.equal(Object.keys(run.params).length, 230);
    assert.equal(Object.keys(run.tags).filter((name) => /^t\d+$/.test(name)).length, 150);
    assert.equal(run.metrics.loss?.length, 2500);
  });

  it("lets what the notebook logs itself land in the same run", async (context) => {
    if (requireServer(context) === undefined) return;
    const tracker = openTracker((server as MlflowServer).url);
    const sink = openRunSink(store, tracker ? [tracker] : []);
    const record = runRecord();
    const { environment } = await sink.begin(record);
    const own = "import mlflow\nmlflow.log_metric('own', 7, step=4)\nmlflow.log_param('mine', 'yes')";
    const answer = await runProcess(python as string, ["-c", own], { environment: { ...process.env, ...environment } });
    assert.equal(answer.code, 0, answer.stderr);
    const kept = await sink.finish({ ...record, status: "succeeded", ended: record.started }, []);
    const run = await seen(kept.tracking[0]?.url as string);
    assert.equal(run.metrics.own?.[0]?.[1], "7.0");
    assert.equal(run.params.mine, "yes");
    assert.equal(run.status, "FINISHED");
  });

  it("tells everything at the end to a server that was away at the beginning", async (context) => {
    const running = requireServer(context);
    if (running === undefined) return;
    let isAway = true;
    const gate = createServer(async (request, response) => {
      if (isAway) return void response.socket?.destroy();
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      const answer = await fetch(`${running.url}${request.url}`, {
        method: request.method ?? "GET",
        headers: { "content-type": request.headers["content-type"] ?? "application/json" },
        ...(pieces.length > 0 ? { body: Buffer.concat(pieces) } : {}),
      });
      response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
    });
    const listening = Promise.withResolvers<void>();
    gate.listen(0, "127.0.0.1", listening.resolve);
    await listening.promise;
    try {
      const address = gate.address();
      assert.ok(address !== null && typeof address !== "string");
      const tracker = openTracker(`http://127.0.0.1:${address.port}`);
      const sink = openRunSink(store, tracker ? [tracker] : []);
      const record = runRecord({ parameters: { depth: 3 } });
      assert.deepEqual((await sink.begin(record)).environment, {});
      const metrics = [{ name: "auc", value: 0.9, step: 2, time: 5 }];
      await sink.log(metrics);
      isAway = false;
      const kept = await sink.finish({ ...record, status: "interrupted", metrics }, []);
      assert.equal(kept.tracking[0]?.error, undefined);
      const run = await seen(kept.tracking[0]?.url as string);
      assert.deepEqual(run.params, { depth: "3" });
      assert.deepEqual(run.metrics.auc, [[2, "0.9", 5]]);
      assert.equal(run.status, "KILLED");
    } finally {
      gate.closeAllConnections();
      gate.close();
    }
  });

  it("starts a server for a database of this machine, and leaves none behind", async (context) => {
    if (requireServer(context) === undefined) return;
    const database = join(folder, "own", "mlflow.db");
    const tracker = openTracker(`sqlite:///${database}`, { python: python as string });
    const sink = openRunSink(store, tracker ? [tracker] : []);
    const record = runRecord({ parameters: { depth: 5 } });
    const { environment } = await sink.begin(record);
    const answer = await fetch(
      `${environment.MLFLOW_TRACKING_URI}/api/2.0/mlflow/runs/get?run_id=${environment.MLFLOW_RUN_ID}`,
    );
    assert.match(await answer.text(), /"depth"/);
    const kept = await sink.finish({ ...record, status: "succeeded" }, [{ name: "a.txt", text: "b" }]);
    assert.deepEqual(kept.tracking, [{ kind: "mlflow", url: `sqlite:///${database}` }]);
    await assert.rejects(fetch(`${environment.MLFLOW_TRACKING_URI}/health`));
    assert.equal((await stat(database)).isFile(), true);
  });

  it("does not fail a run whose server never answers, and says which server that was", async () => {
    const port = await closedPort();
    const tracker = openTracker(`http://bob:hunter2@127.0.0.1:${port}`);
    const sink = openRunSink(store, tracker ? [tracker] : []);
    const record = runRecord();
    await sink.begin(record);
    const kept = await sink.finish({ ...record, status: "succeeded" }, []);
    assert.equal(kept.status, "succeeded");
    assert.equal(
      kept.tracking[0]?.error,
      `The MLflow server at http://127.0.0.1:${port} does not answer: ECONNREFUSED.`,
    );
    assert.ok(!JSON.stringify(kept).includes("hunter2"));
  });
});

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  const listening = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", listening.resolve);
  await listening.promise;
  const address = server.address();
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  await closed.promise;
  assert.ok(address !== null && typeof address !== "string");
  return address.port;
}
