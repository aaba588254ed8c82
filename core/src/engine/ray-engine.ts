import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment, PythonEnvironment } from "../environment/environment.ts";
import { toolPython } from "../environment/uv/tool-python.ts";
import { agentFolder } from "../host/assets.ts";
import type { ProgressListener } from "../text/progress.ts";
import type { Engine, EngineDescription } from "./engine.ts";
import { RayBridge } from "./ray/bridge.ts";
import { limitsOf, lookIntoImage, type SeenImage } from "./ray/ray-image.ts";
import { type RayRequest, startOnRay } from "./ray/ray-process.ts";
import type { HostNames, RelayHost, RelayProgram } from "./relay-host.ts";
import { startRelayedKernel } from "./relayed-kernel.ts";
import { runRelayedProgram } from "./relayed-program.ts";

export interface RayEngineOptions {
  /** Where nodes have it too, at the same path, it is used as it is. */
  readonly environment?: PythonEnvironment;
  /** What nodes without it make theirs from. */
  readonly locked?: Environment;
  /** Instead of both: each run is in a container of its node, from this image, whose `python` has everything. */
  readonly image?: string;
  /** Of these containers. */
  readonly network?: "none" | "bridge" | "host";
  /** `ray://HOST:10001`, `auto`; a new cluster of this machine without it. */
  readonly address?: string;
  /** What the code may see where nodes share it; the first goes to nodes that do not. */
  readonly folders: readonly string[];
  /** For each run: how many cores and cards Ray keeps for it; with an image, cores and memory are its limits, too. */
  readonly cpus?: number;
  readonly gpus?: number;
  readonly memoryBytes?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

/** The agent's files that a program on a node may need. */
const agentFiles = ["relay.py", "launcher.py", "with_secrets.py"];

/** What stands for them in a command, until core/agent/ray_bridge.py knows where they are on the node. */
const nodeNames: HostNames = { agent: "{agent}", python: "{python}" };

const defaultCpus = 1;

/**
 * Runs kernels and programs on a Ray cluster, each as an actor of its own, which waits until a node has room. Their
 * messages come back as from a container, so that runs, records and outputs are those of every other engine.
 * Throws ProblemError RP330 where there is no cluster, RP331 for an image that no node can run, RP30x where Ray cannot
 * be installed.
 */
export async function rayEngine(options: RayEngineOptions): Promise<Engine> {
  const { address = process.env.RAY_ADDRESS, image } = options;
  const bridge = await openBridge(options, address);
  const unseen = await requestParts(options);
  const looked = image === undefined ? undefined : lookIntoImage(bridge, unseen, image, options);
  const seen = await looked?.catch(async (error: unknown) => {
    await bridge.close();
    throw error;
  });
  const request: RayRequest = { ...unseen, digest: seen?.digest ?? null };
  const running = new Set<RelayHost>();
  const startIn = (directory: string, signal: AbortSignal | undefined) => async (program: RelayProgram) => {
    const host = await startOnRay(bridge, program, { ...request, directory }, signal);
    running.add(host);
    void host.exited.then(() => running.delete(host));
    return host;
  };
  return {
    kind: "ray",
    description: descriptionOf(options, { address, seen }),
    startKernel: ({ directory, signal, ...kernel }) =>
      startRelayedKernel(startIn(directory, signal), nodeNames, kernel),
    run: (program) => runRelayedProgram(startIn(program.directory, program.signal), nodeNames, program),
    pathInside: (folder) => folder,
    async close() {
      await Promise.all([...running].map((host) => host.stop(1000)));
      await bridge.close();
    },
  };
}

function descriptionOf(
  { cpus = defaultCpus, environment, image, locked, memoryBytes, network = "none" }: RayEngineOptions,
  { address, seen }: { readonly address: string | undefined; readonly seen: SeenImage | undefined },
): EngineDescription {
  const python = seen?.python ?? environment?.version ?? locked?.python;
  return {
    kind: "ray",
    ...(python !== undefined && { python }),
    ...(address && { address }),
    ...(seen && image !== undefined && { image: { reference: image, digest: seen.digest } }),
    ...(image !== undefined && { network }),
    cpus,
    ...(memoryBytes && { memoryBytes }),
  };
}

async function openBridge(options: RayEngineOptions, address: string | undefined): Promise<RayBridge> {
  const { onProgress, signal } = options;
  const python = process.env.REPRISE_RAY_PYTHON || (await toolPython(["ray[client]"], options));
  onProgress?.({ task: address ? `Joining the Ray cluster at ${address}` : "Starting a Ray cluster" });
  return RayBridge.open({
    python,
    directory: options.folders[0] ?? process.cwd(),
    upload: address !== "auto",
    ...(address && { address }),
    ...(signal && { signal }),
  });
}

/** What all requests have in common. */
async function requestParts(options: RayEngineOptions): Promise<RayRequest> {
  const { cpus = defaultCpus, environment, folders, gpus, image = null, locked, memoryBytes } = options;
  const texts = agentFiles.map(async (name) => [name, await readFile(join(agentFolder, name), "utf8")] as const);
  return {
    directory: folders[0] ?? process.cwd(),
    files: Object.fromEntries(await Promise.all(texts)),
    python: environment?.python ?? null,
    lock: locked?.lock ?? null,
    version: environment?.version ?? locked?.python ?? "",
    resources: { num_cpus: cpus, ...(gpus && { num_gpus: gpus }), ...(memoryBytes && { memory: memoryBytes }) },
    image,
    digest: null,
    folders,
    limits: limitsOf(options),
  };
}
