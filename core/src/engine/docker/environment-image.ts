import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Docker from "dockerode";
import type { Environment } from "../../environment/environment.ts";
import { runUv } from "../../environment/uv/run-uv.ts";
import { uvProblem } from "../../environment/uv/uv-failure.ts";
import type { ProgressListener } from "../../text/progress.ts";
import { baseImage, followed, type ImageIdentity, imageHere, requireImage } from "./base-image.ts";
import { folderAsTar } from "./folder-tar.ts";
import { refusal } from "./refusal.ts";

export interface ImageOptions {
  readonly baseImage?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

/** Where the environment lies in the image; its `python` comes first on the PATH. */
const venv = "/opt/venv";

/**
 * The image of a lock, built where it is not here yet. uv unpacks the packages on this machine, for the engine's
 * platform: so the build itself needs no network, and neither certificates nor index addresses come into a layer.
 * Throws ProblemError: RP327 no base image, RP328 a base image with another Python, RP305 and RP306 packages.
 */
export async function environmentImage(
  daemon: Docker,
  environment: Environment,
  options: ImageOptions = {},
): Promise<ImageIdentity> {
  const base = await requireImage(daemon, options.baseImage ?? baseImage(environment.python), options);
  const dockerfile = dockerfileFor(base.reference, environment.python);
  const identity = [environment.lockHash, base.digest, dockerfile].join("\0");
  const tag = `reprise/environment:${createHash("sha256").update(identity).digest("hex").slice(0, 20)}`;
  const built = await imageHere(daemon, tag);
  if (built) return built;
  const context = await mkdtemp(join(tmpdir(), "reprise-image-"));
  try {
    await unpackPackages(join(context, "site"), environment, await platformOf(daemon), options);
    await pointScripts(join(context, "site", "bin"));
    await writeFile(join(context, "Dockerfile"), dockerfile);
    await build(daemon, context, tag, environment, options);
  } finally {
    await rm(context, { recursive: true, force: true });
  }
  const made = await imageHere(daemon, tag);
  if (made === undefined) throw refusal(new Error(`${tag} was built, but is not there`), "build the image");
  return made;
}

function dockerfileFor(base: string, python: string): string {
  const [major, minor] = python.split(".");
  return [
    `FROM ${base}`,
    `RUN python3 -c "import sys; sys.exit(sys.version_info[:2] != (${major}, ${minor}))" && python3 -m venv --without-pip ${venv}`,
    `COPY site/ ${venv}/lib/python${major}.${minor}/site-packages/`,
    `RUN mv ${venv}/lib/python${major}.${minor}/site-packages/bin/* ${venv}/bin/; ${venv}/bin/python -m compileall -q -j 0 ${venv}/lib; true`,
    `ENV VIRTUAL_ENV=${venv} PATH=${venv}/bin:$PATH`,
    "",
  ].join("\n");
}

const architectures: Readonly<Record<string, string>> = {
  x86_64: "x86_64",
  amd64: "x86_64",
  aarch64: "aarch64",
  arm64: "aarch64",
};

/** uv's name of the platform that images of this engine have. */
async function platformOf(daemon: Docker): Promise<string> {
  const { Architecture } = (await daemon.info()) as { Architecture: string };
  return `${architectures[Architecture] ?? Architecture}-manylinux_2_36`;
}

async function unpackPackages(
  folder: string,
  environment: Environment,
  platform: string,
  options: ImageOptions,
): Promise<void> {
  const lock = await mkdtemp(join(tmpdir(), "reprise-lock-"));
  const task = `Installing ${environment.packages.length} packages for the image`;
  options.onProgress?.({ task });
  try {
    await writeFile(join(lock, "pylock.toml"), environment.lock);
    const args = ["--target", folder, "--python-version", environment.python, "--python-platform", platform];
    // What is built here has this machine's format: elsewhere than on Linux only wheels can be taken.
    const wheels = process.platform === "linux" ? [] : ["--only-binary", ":all:"];
    const installed = await runUv(["pip", "sync", ...args, ...wheels, join(lock, "pylock.toml")], {
      task,
      ...(options.signal && { signal: options.signal }),
      ...(options.onProgress && { onProgress: options.onProgress }),
    });
    if (installed.code !== 0) {
      throw uvProblem(installed.stderr, { what: "install the lock for the image", python: environment.python });
    }
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

/** Console scripts name the interpreter of the machine that they were unpacked on. */
async function pointScripts(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const script = await readFile(join(folder, name));
    if (script.subarray(0, 2).toString() !== "#!") continue;
    const end = script.indexOf("\n");
    if (!script.subarray(0, end).includes("python")) continue;
    await writeFile(join(folder, name), Buffer.concat([Buffer.from(`#!${venv}/bin/python`), script.subarray(end)]));
  }
}

async function build(
  daemon: Docker,
  context: string,
  tag: string,
  environment: Environment,
  { signal, onProgress }: ImageOptions,
): Promise<void> {
  const task = "Building the image";
  onProgress?.({ task });
  try {
    const stream = await daemon.buildImage(await folderAsTar(context), {
      t: tag,
      networkmode: "none",
      labels: { "reprise.lock": environment.lockHash },
      rm: true,
      forcerm: true,
      ...(signal && { abortSignal: signal }),
    });
    await followed(daemon, stream, (detail) => onProgress?.({ task, detail }));
  } catch (error) {
    signal?.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    if (!/python3 -c .*returned a non-zero code/s.test(message)) throw refusal(error, "build the image");
    throw refusal(
      new Error(`executable file not found: a python3 of version ${environment.python} in the base image`),
      "",
    );
  }
}
