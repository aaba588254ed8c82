import type Docker from "dockerode";
import { ProblemError } from "../../problem/problem.ts";
import { Container, type ContainerOptions } from "./container.ts";

/** All cards, none, all that there may be, so many, or those of these numbers or UUIDs. */
export type GpuRequest = "all" | "none" | "optional" | number | readonly string[];

export interface Gpus {
  readonly devices: readonly Docker.DeviceRequest[];
  /** As `nvidia-smi -L` names them inside a container. */
  readonly names: readonly string[];
}

/**
 * The device request that this engine understands (the NVIDIA runtime's own, or CDI), proven by what a container of it
 * sees: some engines take a request and ignore it. `undefined` where none are wanted, or where they are optional and there
 * are none. Throws ProblemError RP326.
 */
export async function findGpus(
  daemon: Docker,
  request: GpuRequest,
  container: Omit<ContainerOptions, "command" | "onOutput" | "devices">,
): Promise<Gpus | undefined> {
  if (request === "none" || request === 0) return undefined;
  const refusals: ProblemError[] = [];
  for (const devices of deviceRequests(request)) {
    try {
      const names = await namesInside(daemon, { ...container, devices });
      if (names.length >= atLeast(request)) return { devices, names };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.problem.id === "RP326" || error.problem.id === "RP329") refusals.push(error);
      // nvidia-smi is put into a container together with the GPU.
      else if (error.problem.id !== "RP328") throw error;
    }
  }
  if (request === "optional") return undefined;
  const cause = refusals.map(({ problem }) => problem.cause).join("\n");
  throw new ProblemError(
    {
      id: "RP326",
      message: missing(request),
      mend: "`nvidia-smi -L` lists this machine's cards. Install the NVIDIA driver and the NVIDIA Container Toolkit, or run with --gpus none (--gpus optional takes one only where there is one).",
      ...(cause && { cause }),
    },
    { cause: refusals[0] },
  );
}

function atLeast(request: Exclude<GpuRequest, "none">): number {
  if (typeof request === "number") return request;
  return typeof request === "string" ? 1 : request.length;
}

function missing(request: Exclude<GpuRequest, "none">): string {
  if (typeof request === "object") {
    return `The GPUs ${request.join(", ")} were asked for, and a container of this engine does not get them.`;
  }
  return typeof request === "number" && request > 1
    ? `${request} GPUs were asked for, and a container of this engine does not get as many.`
    : "A GPU was asked for, and a container of this engine gets none.";
}

/**
 * What to ask an engine for, the first that it grants counts: what `docker run --gpus` sends, for which the engine finds
 * the driver by its capability; then devices by their names in the Container Device Interface, as `--device
 * nvidia.com/gpu=all` sends them (Podman, and Docker where CDI is all that is set up). As in the Docker Engine API's
 * `DeviceRequest`.
 */
export function deviceRequests(request: Exclude<GpuRequest, "none">): Docker.DeviceRequest[][] {
  const ids = typeof request === "number" ? Array.from({ length: request }, (_, index) => `${index}`) : request;
  const devices = typeof ids === "string" ? ["all"] : ids;
  const which = typeof request === "object" ? { DeviceIDs: [...request] } : { Count: atMost(request) };
  return [
    [{ Driver: "", ...which, Capabilities: [["gpu"]] }],
    [{ Driver: "cdi", DeviceIDs: devices.map((id) => `nvidia.com/gpu=${id}`) }],
  ];
}

/** As the engine counts: -1 is all that there are. */
const atMost = (request: "all" | "optional" | number): number => (typeof request === "number" ? request : -1);

async function namesInside(daemon: Docker, options: Omit<ContainerOptions, "command" | "onOutput">): Promise<string[]> {
  let listed = "";
  const probe = await Container.start(daemon, {
    ...options,
    command: ["nvidia-smi", "-L"],
    onOutput(stream, data) {
      if (stream === "stdout") listed += data.toString();
    },
  });
  const { code } = await probe.exited;
  return code === 0 ? listed.split("\n").filter((line) => line.startsWith("GPU ")) : [];
}
