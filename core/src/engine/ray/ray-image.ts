import type { RayBridge } from "./bridge.ts";
import { imageRefused, type RayRequest, startOnRay } from "./ray-process.ts";

interface ImageLimits {
  readonly network?: "none" | "bridge" | "host";
  readonly cpus?: number;
  readonly memoryBytes?: number;
}

export interface SeenImage {
  readonly digest: string;
  /** The version of its interpreter. */
  readonly python: string;
}

/** As options of `docker create`. */
export function limitsOf({ cpus, memoryBytes, network = "none" }: ImageLimits): readonly string[] {
  return [
    ...["--network", network],
    ...(cpus === undefined ? [] : ["--cpus", String(cpus)]),
    // As much with swap: a run that needs more is ended, and does not slow its node down.
    ...(memoryBytes === undefined ? [] : ["--memory", String(memoryBytes), "--memory-swap", String(memoryBytes)]),
  ];
}

/** What an image is, as a node of the cluster has it or pulls it now. Throws ProblemError RP331. */
export async function lookIntoImage(
  bridge: RayBridge,
  request: RayRequest,
  image: string,
  { signal }: { readonly signal?: AbortSignal },
): Promise<SeenImage> {
  let python = "";
  const asked = await startOnRay(
    bridge,
    {
      command: ["{python}", "-c", "import platform; print(platform.python_version())"],
      environment: {},
      onOutput(stream, data) {
        if (stream === "stdout") python += data.toString();
      },
    },
    request,
    signal,
  );
  const { code, stderr } = await asked.exited;
  if (code !== 0 || asked.image === undefined) throw imageRefused(image, stderr);
  return { digest: asked.image, python: python.trim() };
}
