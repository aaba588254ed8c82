import { basename, join } from "node:path";
import type { MetricPoint, RunRecord, TrackingResult } from "../run/record/record.ts";
import { storeArtifacts } from "./mlflow-artifacts.ts";
import { MlflowClient, MlflowError, type Patience } from "./mlflow-client.ts";
import { asMetric, asText, inBatches, limits, MlflowNames } from "./mlflow-entries.ts";
import type { MlflowServer } from "./mlflow-server.ts";
import { tagsOf } from "./mlflow-tags.ts";
import { systemMetrics } from "./system-metrics.ts";
import type { Tracker } from "./tracker.ts";

/** While the run waits: one try, a few seconds. At its end: more, but bounded. */
const beforeRun: Patience = { timeoutMilliseconds: 5_000, retries: 1 };
const afterRun: Patience = { timeoutMilliseconds: 30_000, retries: 3 };

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#runstatus */
const statuses: Readonly<Record<RunRecord["status"], string>> = {
  running: "RUNNING",
  succeeded: "FINISHED",
  failed: "FAILED",
  died: "FAILED",
  interrupted: "KILLED",
};

interface MlflowRun {
  readonly id: string;
  readonly experiment: string;
  readonly artifactUri: string;
}

/**
 * A tracker that tells an MLflow server, over REST. A server that is away at the beginning is tried again at the end:
 * everything that was not told until then is told then.
 */
export class MlflowTracker implements Tracker {
  readonly kind = "mlflow";
  readonly #connect: () => Promise<MlflowServer>;
  #server: MlflowServer | undefined;
  #run: MlflowRun | undefined;
  readonly #names = { parameters: new MlflowNames(), metrics: new MlflowNames(), tags: new MlflowNames() };
  #failed = false;

  /** `connect` finds the server, or starts one; what it started is stopped when the run is finished. */
  constructor(connect: () => Promise<MlflowServer>) {
    this.#connect = connect;
  }

  async begin(record: RunRecord): Promise<{ readonly environment: Readonly<Record<string, string>> }> {
    const { run, server } = await this.#open(record, beforeRun);
    return {
      environment: {
        MLFLOW_TRACKING_URI: server.url,
        MLFLOW_EXPERIMENT_ID: run.experiment,
        MLFLOW_EXPERIMENT_NAME: record.experiment,
        MLFLOW_RUN_ID: run.id,
      },
    };
  }

  async log(metrics: readonly MetricPoint[]): Promise<void> {
    // What is not told now is told at the end: points that MLflow has already, it does not store twice.
    if (this.#run === undefined || this.#server === undefined || this.#failed) return;
    try {
      await this.#logMetrics(new MlflowClient(this.#server.address), this.#run, metrics, beforeRun);
    } catch {
      this.#failed = true;
    }
  }

  async finish(record: RunRecord, folder: string): Promise<TrackingResult> {
    try {
      const { run, server } = await this.#open(record, afterRun);
      const client = new MlflowClient(server.address);
      await this.#logMetrics(client, run, [...record.metrics, ...systemMetrics(record)], afterRun);
      await this.#logTags(client, run, record);
      await this.#logData(client, run, record);
      const error = await this.#storeFiles(client, run, record, folder);
      await client.post(
        "runs/update",
        { run_id: run.id, status: statuses[record.status], end_time: Date.parse(record.ended ?? record.started) },
        afterRun,
      );
      const url = server.pageOf(run.experiment, run.id);
      return { kind: this.kind, url, ...(error === undefined ? {} : { error }) };
    } catch (error) {
      return { kind: this.kind, error: messageOf(error) };
    } finally {
      await this.close();
    }
  }

  /** Stops a server that was started for this run. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await server?.stop();
  }

  async #open(record: RunRecord, patience: Patience): Promise<{ run: MlflowRun; server: MlflowServer }> {
    this.#server ??= await this.#connect();
    const server = this.#server;
    if (this.#run === undefined) {
      const client = new MlflowClient(server.address);
      const experiment = await experimentOf(client, record.experiment, patience);
      this.#run = await this.#create(client, experiment, record, patience);
      await this.#logParameters(client, this.#run, record, patience);
    }
    return { run: this.#run, server };
  }

  async #create(client: MlflowClient, experiment: string, record: RunRecord, patience: Patience): Promise<MlflowRun> {
    const parent = record.parent === undefined ? undefined : await runOf(client, experiment, record.parent, patience);
    const body = {
      experiment_id: experiment,
      start_time: Date.parse(record.started),
      run_name: record.name,
      user_id: record.user,
      tags: [
        ...tagsOf(record, this.#names.tags).slice(0, limits.tagsInBatch - 1),
        ...(parent === undefined ? [] : [{ key: "mlflow.parentRunId", value: parent }]),
      ],
    };
    const answer = (await client.post("runs/create", body, patience)) as {
      run?: { info?: { run_id?: string; artifact_uri?: string } };
    };
    const { run_id: id, artifact_uri: artifactUri } = answer.run?.info ?? {};
    if (id === undefined) throw new MlflowError("ANSWER", `${client.url} made a run without an id.`);
    return { id, experiment, artifactUri: artifactUri ?? "" };
  }

  async #logParameters(client: MlflowClient, run: MlflowRun, record: RunRecord, patience: Patience): Promise<void> {
    const params = Object.entries(record.parameters).map(([name, value]) => ({
      key: this.#names.parameters.nameOf(name),
      value: asText(value, limits.parameterLength),
    }));
    for (const batch of inBatches(params, limits.parametersInBatch)) {
      await client.post("runs/log-batch", { run_id: run.id, params: batch }, patience);
    }
  }

  async #logMetrics(
    client: MlflowClient,
    run: MlflowRun,
    points: readonly MetricPoint[],
    patience: Patience,
  ): Promise<void> {
    const metrics = points.map((point) => asMetric(point, this.#names.metrics));
    for (const batch of inBatches(metrics, limits.metricsInBatch)) {
      await client.post("runs/log-batch", { run_id: run.id, metrics: batch }, patience);
    }
  }

  async #logTags(client: MlflowClient, run: MlflowRun, record: RunRecord): Promise<void> {
    for (const tags of inBatches(tagsOf(record, this.#names.tags), limits.tagsInBatch)) {
      await client.post("runs/log-batch", { run_id: run.id, tags }, afterRun);
    }
  }

  /** Data that the run read, as MLflow's dataset inputs. A digest has 36 characters at most there. */
  async #logData(client: MlflowClient, run: MlflowRun, record: RunRecord): Promise<void> {
    const datasets = record.data
      .filter(({ use, hash }) => use === "read" && hash !== undefined)
      .map(({ path, hash, bytes }) => ({
        tags: [{ key: "mlflow.data.context", value: "input" }],
        dataset: {
          name: basename(path),
          digest: (hash as string).replace("sha256:", "").slice(0, 36),
          source_type: "local",
          source: JSON.stringify({ uri: path, sha256: (hash as string).replace("sha256:", "") }),
          ...(bytes === undefined ? {} : { profile: JSON.stringify({ bytes }) }),
        },
      }));
    for (const batch of inBatches(datasets, limits.tagsInBatch)) {
      await client.post("runs/log-inputs", { run_id: run.id, datasets: batch }, afterRun);
    }
  }

  /** Answers with what went wrong: a run without its files is still worth its metrics. */
  async #storeFiles(
    client: MlflowClient,
    run: MlflowRun,
    record: RunRecord,
    folder: string,
  ): Promise<string | undefined> {
    const paths = ["record.json", ...record.outputs.map(({ path }) => path)];
    const artifacts = paths.map((path) => ({ file: join(folder, ...path.split("/")), path }));
    try {
      await storeArtifacts(client, run.artifactUri, artifacts, { ...afterRun, timeoutMilliseconds: 300_000 });
      return undefined;
    } catch (error) {
      return messageOf(error);
    }
  }
}

/** MLflow's id of a run that Reprise told it of; undefined where it does not know it. */
async function runOf(
  client: MlflowClient,
  experiment: string,
  id: string,
  patience: Patience,
): Promise<string | undefined> {
  const filter = `tags.\`reprise.run\` = '${id}'`;
  const body = { experiment_ids: [experiment], filter, max_results: 1 };
  const found = (await client.post("runs/search", body, patience)) as { runs?: { info?: { run_id?: string } }[] };
  return found.runs?.[0]?.info?.run_id;
}

async function experimentOf(client: MlflowClient, name: string, patience: Patience): Promise<string> {
  const known = await experimentByName(client, name, patience);
  if (known !== undefined) return known;
  try {
    const made = await client.post("experiments/create", { name }, patience);
    return String(made.experiment_id);
  } catch (error) {
    // Another run may have made it in the meantime.
    if (!(error instanceof MlflowError) || error.code !== "RESOURCE_ALREADY_EXISTS") throw error;
    const again = await experimentByName(client, name, patience);
    if (again !== undefined) return again;
    throw error;
  }
}

async function experimentByName(client: MlflowClient, name: string, patience: Patience): Promise<string | undefined> {
  try {
    const found = (await client.get("experiments/get-by-name", { experiment_name: name }, patience)) as {
      experiment?: { experiment_id?: string | number; lifecycle_stage?: string };
    };
    if (found.experiment?.lifecycle_stage === "deleted") {
      const mend = "restore it in MLflow (mlflow experiments restore), or name another with --experiment";
      throw new MlflowError("DELETED", `MLflow's experiment "${name}" was deleted: ${mend}.`);
    }
    return found.experiment?.experiment_id === undefined ? undefined : String(found.experiment.experiment_id);
  } catch (error) {
    if (error instanceof MlflowError && error.code === "RESOURCE_DOES_NOT_EXIST") return undefined;
    throw error;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
