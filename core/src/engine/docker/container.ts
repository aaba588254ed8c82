import { hostname } from "node:os";
import { Writable } from "node:stream";
import type Docker from "dockerode";
import { isProcessAlive } from "../../host/process-alive.ts";
import type { ProcessUsage } from "../../host/process-usage.ts";
import type { Exit } from "../../kernel/process.ts";
import { settlesWithin } from "../../kernel/waiting.ts";
import { linuxSignals } from "../linux-signals.ts";
import { OutputTail } from "../output-tail.ts";
import type { Mount } from "./mounts.ts";
import { refusal } from "./refusal.ts";

export interface ContainerOptions {
  readonly image: string;
  readonly command: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  /** `uid:gid`. */
  readonly user: string;
  readonly network: "none" | "bridge" | "host";
  readonly memoryBytes?: number;
  readonly cpus?: number;
  readonly devices?: readonly Docker.DeviceRequest[];
  readonly onOutput: (stream: "stdout" | "stderr", data: Buffer) => void;
}

/** Whose a container is: what a process that was killed leaves behind is removed by the next one of its machine. */
const ownerLabel = "reprise.owner";

/** A container from its making to its removal; nothing of it stays, however it ends. */
export class Container {
  /** Resolves when it has ended and is removed. Never rejects. */
  readonly exited: Promise<Exit>;
  readonly #container: Docker.Container;
  readonly #stream: NodeJS.ReadWriteStream;

  private constructor(container: Docker.Container, stream: NodeJS.ReadWriteStream, tail: OutputTail) {
    this.#container = container;
    this.#stream = stream;
    this.exited = this.#end(tail);
  }

  /** Throws ProblemError: RP324 no answer, RP326 no GPU, RP328 no python, RP329 any other refusal. */
  static async start(daemon: Docker, options: ContainerOptions): Promise<Container> {
    const tail = new OutputTail();
    let made: Docker.Container | undefined;
    try {
      made = await daemon.createContainer(creation(options));
      const stream = await made.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true });
      // The stream breaks when the engine goes; the container's end is then told as lost.
      stream.on("error", () => {});
      const sink = (name: "stdout" | "stderr"): Writable =>
        new Writable({
          write(chunk: Buffer, _encoding, done) {
            if (name === "stderr") tail.add(chunk.toString());
            options.onOutput(name, chunk);
            done();
          },
        });
      daemon.modem.demuxStream(stream, sink("stdout"), sink("stderr"));
      await made.start();
      return new Container(made, stream, tail);
    } catch (error) {
      await made?.remove({ force: true, v: true }).catch(() => {});
      throw refusal(error, "start a container");
    }
  }

  /** To its standard input. */
  write(data: Uint8Array): void {
    this.#stream.write(data);
  }

  /** As the engine counts it: file pages that could be given back at any time are not counted, as by `docker stats`. */
  async usage(): Promise<ProcessUsage | undefined> {
    const stats = await this.#container.stats({ stream: false, "one-shot": true });
    const { usage, stats: details } = stats.memory_stats;
    // An empty answer is that of a container that has just ended.
    if (usage === undefined) return undefined;
    const { inactive_file: inactive = 0, total_inactive_file: older = 0 } = details as unknown as Record<
      string,
      number
    >;
    return {
      cpuSeconds: stats.cpu_stats.cpu_usage.total_usage / 1e9,
      memoryBytes: usage - Math.min(usage, inactive || older),
      processes: stats.pids_stats?.current ?? 1,
    };
  }

  async stop(graceMilliseconds = 3000): Promise<Exit> {
    await this.#container.kill({ signal: "SIGTERM" }).catch(() => {});
    if (!(await settlesWithin(this.exited, graceMilliseconds))) {
      await this.#container.kill({ signal: "SIGKILL" }).catch(() => {});
    }
    return this.exited;
  }

  async #end(tail: OutputTail): Promise<Exit> {
    const closed = new Promise<void>((resolve) => this.#stream.once("end", resolve).once("close", resolve));
    const waited = this.#container.wait();
    waited.catch(() => {});
    try {
      // Where the engine goes away, the answer to this question neither comes nor fails; the stream's end tells of it.
      await Promise.race([waited, closed]);
      // One of the two follows the other.
      await settlesWithin(Promise.all([waited, closed]), 2000);
      const { State: state } = await this.#container.inspect();
      if (state.Running) throw new Error("its stream broke off");
      const status = state.ExitCode;
      const signal = status > 128 && status < 160 ? (linuxSignals[status - 128] ?? null) : null;
      return {
        code: signal === null ? status : null,
        signal,
        outOfMemory: state.OOMKilled === true,
        stderr: tail.text,
      };
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      const lost = `The container engine stopped answering (${cause})`;
      return { code: null, signal: null, outOfMemory: false, stderr: tail.text, lost };
    } finally {
      await this.#container.remove({ force: true, v: true }).catch(() => {});
    }
  }
}

function creation(options: ContainerOptions): Docker.ContainerCreateOptions {
  return {
    Image: options.image,
    Cmd: [...options.command],
    Entrypoint: [],
    Env: Object.entries(options.environment).map(([name, value]) => `${name}=${value}`),
    WorkingDir: options.directory,
    User: options.user,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    OpenStdin: true,
    // Standard input ends when this process does: the relay then ends the kernel.
    StdinOnce: true,
    Labels: { [ownerLabel]: `${hostname()}:${process.pid}` },
    HostConfig: {
      Mounts: options.mounts.map(({ source, target, readOnly }) => ({
        Type: "bind",
        Source: source,
        Target: target,
        ReadOnly: readOnly,
      })),
      NetworkMode: options.network,
      Init: true,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      // What goes over standard output is read here; a log of it would only fill the engine's disk.
      LogConfig: { Type: "none", Config: {} },
      ...(options.memoryBytes && { Memory: options.memoryBytes, MemorySwap: options.memoryBytes }),
      ...(options.cpus && { NanoCpus: Math.round(options.cpus * 1e9) }),
      ...(options.devices && { DeviceRequests: [...options.devices] }),
    },
  };
}

/** Removes containers of processes of this machine that are gone. One that cannot be listed or removed stays. */
export async function removeAbandoned(daemon: Docker): Promise<void> {
  const all = await daemon.listContainers({ all: true, filters: { label: [ownerLabel] } }).catch(() => []);
  const own = all.filter(({ Labels }) => {
    const [host, pid] = (Labels[ownerLabel] ?? "").split(":");
    return host === hostname() && !isProcessAlive(Number(pid));
  });
  await Promise.all(
    own.map(({ Id }) =>
      daemon
        .getContainer(Id)
        .remove({ force: true, v: true })
        .catch(() => {}),
    ),
  );
}
