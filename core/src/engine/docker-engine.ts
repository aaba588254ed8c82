import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type Docker from "dockerode";
import type { Environment } from "../environment/environment.ts";
import { ProblemError } from "../problem/problem.ts";
import type { ProgressListener } from "../text/progress.ts";
import { type ImageIdentity, requireImage } from "./docker/base-image.ts";
import { Container, type ContainerOptions, removeAbandoned } from "./docker/container.ts";
import { findDaemon } from "./docker/daemon.ts";
import { environmentImage } from "./docker/environment-image.ts";
import { findGpus, type GpuRequest, type Gpus } from "./docker/gpus.ts";
import { agentInside, mountsFor, pathInContainer, type SharedFolder } from "./docker/mounts.ts";
import type { Engine, EngineDescription } from "./engine.ts";
import type { HostNames, RelayProgram } from "./relay-host.ts";
import { startRelayedKernel } from "./relayed-kernel.ts";
import { runRelayedProgram } from "./relayed-program.ts";

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

/** The same for every container of an engine: where it runs, what it sees, what it may use. */
type ContainerSettings = Omit<ContainerOptions, "command" | "onOutput">;

/** What a container calls what it runs. */
const names: HostNames = { agent: agentInside, python: "python" };

/**
 * Runs kernels and programs in containers: one for each, without network, without capabilities, removed when it has ended.
 * Throws ProblemError: RP323, RP324, RP325 no engine; RP326 no GPU; RP327, RP328 the image; RP329 a refusal; RP30x packages.
 */
export async function dockerEngine(options: DockerEngineOptions): Promise<Engine> {
  const daemon = await findDaemon();
  await removeAbandoned(daemon);
  const image = await imageFor(daemon, options);
  const folders = (options.folders ?? []).map(({ path, readOnly = false }) => ({ path: resolve(path), readOnly }));
  const settings = (directory: string) => settingsFor(options, image, folders, directory);
  const probe = await probeSettings(folders, settings);
  const gpus = await findGpus(daemon, options.gpus ?? "none", probe);
  const python = options.environment?.python ?? (await pythonOf(daemon, probe));
  const running = new Set<Container>();
  const startIn = (directory: string) => async (program: RelayProgram) => {
    const { environment, ...common } = await settings(directory);
    const container = await Container.start(daemon, {
      ...common,
      ...(gpus && { devices: gpus.devices }),
      ...program,
      environment: { ...environment, ...program.environment },
    });
    running.add(container);
    void container.exited.then(() => running.delete(container));
    return container;
  };
  return {
    kind: "docker",
    description: descriptionOf(options, { image, python, gpus }),
    async startKernel({ directory, signal, ...kernel }) {
      signal?.throwIfAborted();
      return startRelayedKernel(startIn(directory), names, kernel);
    },
    run: (program) => runRelayedProgram(startIn(program.directory), names, program),
    pathInside: (folder) => pathInContainer(resolve(folder)),
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

async function settingsFor(
  options: DockerEngineOptions,
  image: ImageIdentity,
  folders: readonly SharedFolder[],
  directory: string,
): Promise<ContainerSettings> {
  const mounts = mountsFor(folders, directory);
  return {
    image: image.digest,
    directory: pathInContainer(resolve(directory)),
    // Python's libraries keep their settings in a home folder, which an unknown user has not.
    environment: { HOME: "/tmp", PYTHONDONTWRITEBYTECODE: "1" },
    mounts,
    user: options.user ?? (await userFor(mounts[0]?.source ?? directory)),
    network: options.network ?? "none",
    ...limitsOf(options),
  };
}

/** For a look into the image itself, which needs no working directory. */
async function probeSettings(
  [first]: readonly SharedFolder[],
  settings: (directory: string) => Promise<ContainerSettings>,
): Promise<ContainerSettings> {
  const usual = await settings(first?.path ?? "/");
  return { ...usual, directory: "/", ...(first === undefined && { mounts: [] }) };
}

function limitsOf({ cpus, memoryBytes }: DockerEngineOptions): Pick<DockerEngineOptions, "cpus" | "memoryBytes"> {
  return { ...(memoryBytes !== undefined && { memoryBytes }), ...(cpus !== undefined && { cpus }) };
}

function descriptionOf(
  options: DockerEngineOptions,
  found: { readonly image: ImageIdentity; readonly python: string; readonly gpus: Gpus | undefined },
): EngineDescription {
  return {
    kind: "docker",
    python: found.python,
    image: found.image,
    network: options.network ?? "none",
    ...limitsOf(options),
    ...(found.gpus && { gpus: found.gpus.names }),
  };
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

async function pythonOf(daemon: Docker, settings: ContainerSettings): Promise<string> {
  let version = "";
  const asked = await Container.start(daemon, {
    ...settings,
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
