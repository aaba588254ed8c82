import { connect } from "node:net";
import { join } from "node:path";
import { agentFolder } from "../../host/assets.ts";
import { killTree, spawnTree } from "../../host/child-process.ts";
import type { ProcessUsage } from "../../host/process-usage.ts";
import { settlesWithin, unlessAborted } from "../../kernel/waiting.ts";
import { ProblemError } from "../../problem/problem.ts";
import { OutputTail } from "../output-tail.ts";
import { RecordReader, writeRecord } from "../relay-records.ts";

/** What core/agent/ray_bridge.py answers. */
export interface BridgeAnswer {
  readonly is: "ready" | "unreachable" | "started" | "failed" | "ended" | "usage";
  readonly id?: number;
  readonly why?: string;
  readonly code?: number;
  readonly lost?: string;
  readonly usage?: ProcessUsage;
  readonly version?: string;
  /** The digest of the image that it was started in. */
  readonly image?: string;
}

/** Whoever waits for what happens to one program. */
export interface ProgramListener {
  answer(answer: BridgeAnswer): void;
  output(stream: "stdout" | "stderr", data: Buffer): void;
}

export interface BridgeOptions {
  /** An interpreter that has Ray. */
  readonly python: string;
  /** Of the cluster; a new one of this machine without it. */
  readonly address?: string;
  readonly directory: string;
  /** Whether the nodes may not share the folder. */
  readonly upload: boolean;
  readonly signal?: AbortSignal;
}

/** A start on a loaded machine takes minutes; a cluster that does not answer is not waited for much longer. */
const startMilliseconds = 200_000;

/** Ray tries for minutes before it says that nobody is there. Throws ProblemError RP330. */
async function checkReachable(address: string): Promise<void> {
  const [, host, port] = /^(?:ray:\/\/)?\[?([^/[\]]+?)\]?:(\d+)$/.exec(address) ?? [];
  if (host === undefined) return;
  const socket = connect({ host, port: Number(port), timeout: 10_000 });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket
    .once("connect", resolve)
    .once("error", reject)
    .once("timeout", () => reject(new Error("it did not answer in time")));
  try {
    await promise;
  } catch (error) {
    throw noCluster(address, (error as Error).message);
  } finally {
    socket.destroy();
  }
}

function noCluster(address: string, cause: string): ProblemError {
  return new ProblemError({
    id: "RP330",
    message: address === "" ? "No Ray cluster could be started here" : `There is no Ray cluster at ${address}`,
    mend: "Check --ray-address (ray://HOST:10001, or auto on a node); the cluster must have the same Ray and Python as REPRISE_RAY_PYTHON names.",
    ...(cause && { cause }),
  });
}

/** The process that speaks with a Ray cluster. Programs are known by numbers that this side gives. */
export class RayBridge {
  readonly version: string;
  readonly #write: (data: Buffer) => void;
  readonly #end: () => Promise<void>;
  readonly #listeners: Map<number, ProgramListener>;
  #next = 0;

  private constructor(
    version: string,
    write: (data: Buffer) => void,
    end: () => Promise<void>,
    listeners: Map<number, ProgramListener>,
  ) {
    this.version = version;
    this.#write = write;
    this.#end = end;
    this.#listeners = listeners;
  }

  /** Joins the cluster, or starts one. Throws ProblemError RP330 where there is none, the signal's reason at an abort. */
  static async open({ address = "", directory, python, signal, upload }: BridgeOptions): Promise<RayBridge> {
    signal?.throwIfAborted();
    await checkReachable(address);
    const child = spawnTree(python, [join(agentFolder, "ray_bridge.py")], {
      env: { ...process.env, RAY_USAGE_STATS_ENABLED: "0", PYTHONUNBUFFERED: "1" },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const errors = new OutputTail();
    child.stderr?.setEncoding("utf8").on("data", (text: string) => errors.add(text));
    child.stdin?.on("error", () => {});
    const listeners = new Map<number, ProgramListener>();
    const ready = Promise.withResolvers<BridgeAnswer>();
    const gone = Promise.withResolvers<void>();
    const take = (kind: number, payload: Buffer): void => {
      if (kind !== 0) {
        listeners.get(payload.readUInt32LE(0))?.output(kind === 1 ? "stdout" : "stderr", payload.subarray(4));
        return;
      }
      const answer = JSON.parse(payload.toString()) as BridgeAnswer;
      if (answer.id === undefined) {
        ready.resolve(answer);
        return;
      }
      listeners.get(answer.id)?.answer(answer);
      if (answer.is === "ended" || answer.is === "failed") listeners.delete(answer.id);
    };
    const records = new RecordReader();
    child.stdout?.on("data", (data: Buffer) => {
      for (const { kind, payload } of records.read(data)) take(kind, payload);
    });
    const ended = (): void => {
      gone.resolve();
      ready.resolve({ is: "unreachable", why: errors.text.trim() });
      const lost = `The process that speaks with Ray ended: ${errors.text.trim().slice(-500)}`;
      for (const [id, listener] of listeners) listener.answer({ is: "ended", id, lost });
    };
    child.once("error", ended).once("exit", ended);
    const last = () => killTree(child, "SIGKILL");
    process.once("exit", last);
    void gone.promise.then(() => process.removeListener("exit", last));
    const end = async (): Promise<void> => {
      child.stdin?.end();
      if (!(await settlesWithin(gone.promise, 15_000))) killTree(child, "SIGKILL");
      await gone.promise;
    };
    const write = (data: Buffer): void => void child.stdin?.write(data);
    write(writeRecord(0, Buffer.from(JSON.stringify({ address, directory, upload }))));
    try {
      const isInTime = await unlessAborted(settlesWithin(ready.promise, startMilliseconds), signal);
      const answer: BridgeAnswer = isInTime
        ? await ready.promise
        : { is: "unreachable", why: "it did not answer in time" };
      if (answer.is !== "ready") throw noCluster(address, answer.why ?? "");
      return new RayBridge(answer.version ?? "", write, end, listeners);
    } catch (error) {
      // While it joins a cluster it does not listen.
      killTree(child, "SIGTERM");
      await end();
      throw error;
    }
  }

  /** Asks for a program; what happens to it is told to the listener. Answers with its number. */
  start(request: Readonly<Record<string, unknown>>, listener: ProgramListener): number {
    const id = this.#next++;
    this.#listeners.set(id, listener);
    this.#send({ do: "start", id, ...request });
    return id;
  }

  input(id: number, data: Uint8Array): void {
    const number = Buffer.alloc(4);
    number.writeUInt32LE(id);
    this.#write(writeRecord(1, Buffer.concat([number, data])));
  }

  stop(id: number, graceMilliseconds: number): void {
    this.#send({ do: "stop", id, grace: graceMilliseconds / 1000 });
  }

  askUsage(id: number): void {
    this.#send({ do: "usage", id });
  }

  /** Ends every program, and a cluster that was started here. */
  close(): Promise<void> {
    return this.#end();
  }

  #send(request: object): void {
    this.#write(writeRecord(0, Buffer.from(JSON.stringify(request))));
  }
}
