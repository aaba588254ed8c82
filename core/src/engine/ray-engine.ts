import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import type { Environment, PythonEnvironment } from "../environment/environment.ts";
import { toolPython } from "../environment/uv/tool-python.ts";
import { agentFolder } from "../host/assets.ts";
import type { ProgressListener } from "../text/progress.ts";
import type { Engine, Exit } from "./engine.ts";
import { RayBridge } from "./ray/bridge.ts";
import { type RayRequest, startOnRay } from "./ray/ray-process.ts";
import type { RelayHost } from "./relay-host.ts";
import { startRelayedKernel } from "./relayed-kernel.ts";

export interface RayEngineOptions {
  /** Where nodes have it too, at the same path, it is used as it is. */
  readonly environment?: PythonEnvironment;
  /** What nodes without it make theirs from. */
  readonly locked?: Environment;
  /** `ray://HOST:10001`, `auto`; a new cluster of this machine without it. */
  readonly address?: string;
  /** The folder of the code, which goes to nodes that may not share it. */
  readonly directory: string;
  /** An image for the nodes' workers (Ray's `image_uri`). */
  readonly image?: string;
  /** For each run: how many cores and cards Ray keeps for it. */
  readonly cpus?: number;
  readonly gpus?: number;
  readonly memoryBytes?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

/** The agent's files that a kernel on a node needs. */
const agentFiles = ["relay.py", "launcher.py"];

/**
 * Runs kernels and programs on a Ray cluster, each as an actor of its own, which waits until a node has room. Their
 * messages come back as from a container, so that runs, records and outputs are those of every other engine.
 * Throws ProblemError RP330 where there is no cluster, RP30x where Ray cannot be installed.
 */
export async function rayEngine(options: RayEngineOptions): Promise<Engine> {
  const {
    address = process.env.RAY_ADDRESS,
    cpus = 1,
    environment,
    gpus,
    image,
    locked,
    memoryBytes,
    signal,
  } = options;
  const named = process.env.REPRISE_RAY_PYTHON;
  const python = named || (await toolPython(["ray[client]"], options));
  options.onProgress?.({ task: address ? `Joining the Ray cluster at ${address}` : "Starting a Ray cluster" });
  const { directory } = options;
  const bridge = await RayBridge.open({
    python,
    directory,
    upload: address !== "auto",
    ...(address && { address }),
    ...(signal && { signal }),
  });
  const files = Object.fromEntries(
    await Promise.all(agentFiles.map(async (name) => [name, await readFile(join(agentFolder, name), "utf8")] as const)),
  );
  const version = environment?.version ?? locked?.python ?? "";
  const requestFor = (folder: string): RayRequest => ({
    directory: folder,
    files,
    python: environment?.python,
    lock: locked?.lock,
    version,
    resources: {
      num_cpus: cpus,
      ...(gpus && { num_gpus: gpus }),
      ...(memoryBytes && { memory: memoryBytes }),
      ...(image && { runtime_env: { image_uri: image } }),
    },
  });
  const running = new Set<RelayHost>();
  const keep = (host: RelayHost): RelayHost => {
    running.add(host);
    void host.exited.then(() => running.delete(host));
    return host;
  };
  return {
    kind: "ray",
    description: {
      kind: "ray",
      python: version,
      ...(address && { address }),
      cpus,
      ...(memoryBytes && { memoryBytes }),
    },
    async startKernel({ directory: folder, environment: variables, onStdio, secrets, signal: abort }) {
      abort?.throwIfAborted();
      const { kernel } = await startRelayedKernel(
        async (program) => keep(await startOnRay(bridge, program, requestFor(folder), abort)),
        {
          agent: "{agent}",
          python: "{python}",
          kernelArguments: ["--HistoryManager.hist_file=:memory:"],
          ...(variables && { environment: variables }),
          ...(onStdio && { onStdio }),
          ...(secrets && { secrets }),
        },
      );
      return kernel;
    },
    async run({
      command: [program, ...args],
      directory: folder,
      environment: variables,
      onOutput,
      onStarted,
      secrets,
      signal: abort,
      timeoutMilliseconds,
    }) {
      const began = performance.now();
      const texts = { stdout: "", stderr: "" };
      const decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
      const started = await startOnRay(
        bridge,
        {
          command: [program === "python" ? "{python}" : program, ...args],
          environment: { ...variables, ...secrets },
          onOutput(stream, data) {
            const text = decoders[stream].write(data);
            texts[stream] += text;
            onOutput?.(stream, text);
          },
        },
        requestFor(folder),
        abort,
      );
      onStarted?.(() => started.usage());
      const exit = await endsWithin(keep(started), timeoutMilliseconds, abort);
      return { ...exit, ...texts, seconds: (performance.now() - began) / 1000 };
    },
    pathInside: (folder) => folder,
    async close() {
      await Promise.all([...running].map((host) => host.stop(1000)));
      await bridge.close();
    },
  };
}

async function endsWithin(
  host: RelayHost,
  milliseconds: number | undefined,
  signal: AbortSignal | undefined,
): Promise<Exit> {
  const stop = (): void => void host.stop(1000);
  const timer = milliseconds === undefined ? undefined : setTimeout(stop, milliseconds);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const exit = await host.exited;
    signal?.throwIfAborted();
    return exit;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}
