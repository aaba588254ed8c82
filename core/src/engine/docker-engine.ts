import { stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { StringDecoder } from "node:string_decoder";
import type Docker from "dockerode";
import type { Environment } from "../environment/environment.ts";
import { agentFolder } from "../host/assets.ts";
import { ProblemError } from "../problem/problem.ts";
import type { ProgressListener } from "../text/progress.ts";
import { type ImageIdentity, requireImage } from "./docker/base-image.ts";
import { Container, type ContainerOptions, removeAbandoned } from "./docker/container.ts";
import { findDaemon } from "./docker/daemon.ts";
import { environmentImage } from "./docker/environment-image.ts";
import { findGpus, type GpuRequest } from "./docker/gpus.ts";
import type { Engine, Exit } from "./engine.ts";
import { agentInside, startRelayedKernel } from "./relayed-kernel.ts";

export interface DockerEngineOptions {
  /** What the image is built from; it may be left out where `image` is a whole one. */
  readonly environment?: Environment;
  /** The image that an environment is put on; see `baseImage`. */
  readonly baseImage?: string;
  /** An image whose `python` has everything, ipykernel included; nothing is built then. */
  readonly image?: string;
  /** Folders of this machine that the code may see; at the same paths inside. Working directories are added. */
  readonly folders?: readonly { readonly path: string; readonly readOnly?: boolean }[];
  readonly network?: "none" | "bridge" | "host";
  readonly memoryBytes?: number;
  readonly cpus?: number;
  readonly gpus?: GpuRequest;
  /** `uid:gid`. By default the caller's; a caller who is root gets the owner of the first folder. */
  readonly user?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

/**
 * Runs kernels and programs in containers: one for each, without network, without capabilities, removed when it has ended.
 * Throws ProblemError: RP323, RP324, RP325 no engine; RP326 no GPU; RP327, RP328 the image; RP329 a refusal; RP30x packages.
 */
export async function dockerEngine(options: DockerEngineOptions): Promise<Engine> {
  const daemon = await findDaemon();
  await removeAbandoned(daemon);
  const image = await imageFor(daemon, options);
  const folders = (options.folders ?? []).map(({ path, readOnly }) => ({
    path: resolve(path),
    readOnly: readOnly ?? false,
  }));
  const running = new Set<Container>();
  const settings = async (directory: string, variables: Readonly<Record<string, string>> = {}) => {
    const mounted = mountsFor(folders, directory);
    return {
      image: image.digest,
      directory: resolve(directory),
      // Python's libraries keep their settings in a home folder, which an unknown user has not.
      environment: { HOME: "/tmp", PYTHONDONTWRITEBYTECODE: "1", ...variables },
      mounts: mounted,
      user: options.user ?? (await userFor(mounted[0]?.source ?? directory)),
      network: options.network ?? "none",
      ...(options.memoryBytes !== undefined && { memoryBytes: options.memoryBytes }),
      ...(options.cpus !== undefined && { cpus: options.cpus }),
    } satisfies Omit<ContainerOptions, "command" | "onOutput">;
  };
  const first = folders[0]?.path;
  const gpus = await findGpus(daemon, options.gpus ?? "none", {
    ...(await settings(first ?? "/")),
    ...(first === undefined && { mounts: [] }),
    directory: "/",
  });
  const devices = gpus && { devices: gpus.devices };
  const keep = (container: Container): void => {
    running.add(container);
    void container.exited.then(() => running.delete(container));
  };
  return {
    kind: "docker",
    description: {
      kind: "docker",
      python: options.environment?.python ?? (await pythonOf(daemon, await settings(first ?? "/"), first)),
      image,
      network: options.network ?? "none",
      ...(options.memoryBytes !== undefined && { memoryBytes: options.memoryBytes }),
      ...(options.cpus !== undefined && { cpus: options.cpus }),
      ...(gpus && { gpus: gpus.names }),
    },
    async startKernel({ directory, environment, secrets, onStdio, signal }) {
      signal?.throwIfAborted();
      const options = { ...(await settings(directory, environment)), ...devices };
      const started = await startRelayedKernel((program) => Container.start(daemon, { ...options, ...program }), {
        agent: agentInside,
        python: "python",
        environment: options.environment,
        kernelArguments: ["--HistoryManager.hist_file=:memory:"],
        ...(onStdio && { onStdio }),
        ...(secrets && { secrets }),
      });
      keep(started.host);
      return started.kernel;
    },
    async run({ command, directory, environment, secrets, onOutput, onStarted, signal, timeoutMilliseconds }) {
      signal?.throwIfAborted();
      const began = performance.now();
      const texts = { stdout: "", stderr: "" };
      const decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
      const container = await Container.start(daemon, {
        ...(await settings(directory, environment)),
        ...devices,
        command: secrets === undefined ? command : ["python", `${agentInside}/with_secrets.py`, ...command],
        onOutput(stream, data) {
          const text = decoders[stream].write(data);
          texts[stream] += text;
          onOutput?.(stream, text);
        },
      });
      if (secrets !== undefined) container.write(Buffer.from(`${JSON.stringify(secrets)}\n`));
      keep(container);
      onStarted?.(() => container.usage());
      const exit = await endsWithin(container, timeoutMilliseconds, signal);
      return { ...exit, ...texts, seconds: (performance.now() - began) / 1000 };
    },
    pathInside: (folder) => resolve(folder),
    async close() {
      await Promise.all([...running].map((container) => container.stop(1000)));
    },
  };
}

async function imageFor(daemon: Docker, options: DockerEngineOptions): Promise<ImageIdentity> {
  if (options.image !== undefined) return requireImage(daemon, options.image, options);
  if (options.environment === undefined) throw new TypeError("dockerEngine needs an environment or an image");
  return environmentImage(daemon, options.environment, options);
}

/** The agent, the folders that were handed over, and the working directory where it is in none of them. */
function mountsFor(
  folders: readonly { readonly path: string; readonly readOnly: boolean }[],
  directory: string,
): ContainerOptions["mounts"] {
  const working = resolve(directory);
  const isInside = folders.some(({ path }) => !relative(path, working).startsWith(".."));
  const own = isInside ? folders : [...folders, { path: working, readOnly: false }];
  return [
    ...own.map(({ path, readOnly }) => ({ source: path, target: path, readOnly })),
    { source: agentFolder, target: agentInside, readOnly: true },
  ];
}

/**
 * The caller, so that files belong to whoever asked for the run. A caller who is root runs as the folder's owner; where
 * that is root too, as root without any capability, which may do no more in the folder than its owner.
 */
async function userFor(folder: string): Promise<string> {
  const uid = process.getuid?.();
  if (uid === undefined) return "1000:1000";
  if (uid !== 0) return `${uid}:${process.getgid?.()}`;
  const found = await stat(folder);
  return `${found.uid}:${found.gid}`;
}

async function pythonOf(
  daemon: Docker,
  settings: Omit<ContainerOptions, "command" | "onOutput">,
  folder: string | undefined,
): Promise<string> {
  let version = "";
  const asked = await Container.start(daemon, {
    ...settings,
    directory: "/",
    ...(folder === undefined && { mounts: [] }),
    command: ["python", "-c", "import platform; print(platform.python_version())"],
    onOutput: (stream, data) => {
      if (stream === "stdout") version += data.toString();
    },
  });
  const { code, stderr } = await asked.exited;
  if (code === 0) return version.trim();
  throw new ProblemError({
    id: "RP328",
    message: `The python of the image ${settings.image} does not run.`,
    mend: "Name an image with Python 3 and ipykernel, or leave --image out so that Reprise builds one.",
    cause: stderr,
  });
}

async function endsWithin(
  container: Container,
  milliseconds: number | undefined,
  signal: AbortSignal | undefined,
): Promise<Exit> {
  const stop = (): void => void container.stop(1000);
  const timer = milliseconds === undefined ? undefined : setTimeout(stop, milliseconds);
  signal?.addEventListener("abort", stop, { once: true });
  // The abort may have come while the container started.
  if (signal?.aborted) stop();
  try {
    const exit = await container.exited;
    signal?.throwIfAborted();
    return exit;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}
