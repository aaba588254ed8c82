import type { ChildProcess } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { toolPython } from "../environment/uv/tool-python.ts";
import { killTree, spawnTree } from "../host/child-process.ts";
import type { ProgressListener } from "../text/progress.ts";
import type { MlflowAddress } from "./mlflow-address.ts";
import { MlflowError } from "./mlflow-client.ts";

/** An MLflow server that answers, whoever started it. */
export interface MlflowServer {
  readonly address: Extract<MlflowAddress, { kind: "server" }>;
  readonly url: string;
  /** Where a person finds a run; the database itself where the server is gone once the run is over. */
  pageOf(experiment: string, run: string): string;
  /** Ends it if it was started here; returns when it is gone. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
  /** A Python that has MLflow; by default an environment that Reprise makes for it. */
  readonly python?: string;
}

/** The MLflow that is started where an address is a file: its database's format is this version's. */
const mlflowRequirement = "mlflow==3.17.2";

/** Its own start takes 12 seconds on a slow machine. */
const startMilliseconds = 90_000;

/** A server that runs elsewhere: nothing is started, nothing stopped. */
export function existingServer(address: Extract<MlflowAddress, { kind: "server" }>): MlflowServer {
  return {
    address,
    url: address.url,
    pageOf: (experiment, run) => `${address.url}/#/experiments/${experiment}/runs/${run}`,
    stop: async () => {},
  };
}

/**
 * Starts `mlflow server` over a database and a folder of this machine, on a free port that only this machine reaches.
 * Throws MlflowError where it does not come up, ProblemError RP30x where MLflow cannot be installed.
 */
export async function startServer(
  local: Extract<MlflowAddress, { kind: "local" }>,
  options: ServerOptions = {},
): Promise<MlflowServer> {
  const python = options.python ?? (await toolPython([mlflowRequirement], options));
  await mkdir(local.artifacts, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  options.onProgress?.({ task: "Starting MLflow", detail: local.backendStore });
  const arguments_ = [
    ...["-m", "mlflow", "server", "--backend-store-uri", local.backendStore],
    ...["--artifacts-destination", local.artifacts, "--host", "127.0.0.1", "--port", String(port), "--workers", "1"],
  ];
  const child = spawnTree(python, arguments_, {
    stdio: ["ignore", "pipe", "pipe"],
    cwd: local.artifacts,
    env: {
      ...process.env,
      MLFLOW_TRACKING_URI: undefined,
      MLFLOW_DISABLE_TELEMETRY: "true",
      DO_NOT_TRACK: "true",
      MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
    },
  });
  const running = new RunningServer(child);
  try {
    await running.answers(`${url}/health`, options.signal);
  } catch (error) {
    await running.stop();
    throw error;
  }
  const address = { kind: "server" as const, url };
  return { address, url, pageOf: () => local.backendStore, stop: () => running.stop() };
}

class RunningServer {
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;
  #hasEnded = false;
  #output = "";

  constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#output = (this.#output + text).slice(-4000);
      });
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const ended = () => {
      this.#hasEnded = true;
      resolve();
    };
    child.once("error", ended).once("exit", ended);
    this.#gone = promise;
    // A process that ends without a word takes its server with it.
    const last = () => killTree(child, "SIGKILL");
    process.once("exit", last);
    void promise.then(() => process.removeListener("exit", last));
  }

  async answers(url: string, signal: AbortSignal | undefined): Promise<void> {
    const end = Date.now() + startMilliseconds;
    while (Date.now() < end) {
      signal?.throwIfAborted();
      if (this.#hasEnded) break;
      if (await isHealthy(url)) return;
      await sleep(200);
    }
    const last = this.#output.trim().split("\n").slice(-5).join("\n");
    throw new MlflowError("START", `mlflow server did not start: ${last || "it said nothing"}`);
  }

  /** Its worker processes go with it: they are of its process group. */
  async stop(): Promise<void> {
    if (this.#hasEnded) return;
    killTree(this.#child, "SIGTERM");
    const waiting = new AbortController();
    const isGone = await Promise.race([
      this.#gone.then(() => true),
      sleep(5_000, false, { signal: waiting.signal }).catch(() => false),
    ]);
    waiting.abort();
    // Workers may outlive their leader for a moment; nothing of the group is to stay.
    killTree(this.#child, "SIGKILL");
    if (!isGone) await this.#gone;
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject).listen(0, "127.0.0.1", resolve);
  await promise;
  const address = server.address();
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  await closed.promise;
  if (address === null || typeof address === "string") throw new Error(`no port: ${String(address)}`);
  return address.port;
}
