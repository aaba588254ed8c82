import { ProblemError } from "@reprise/core";
import {
  dockerEngine,
  type Engine,
  type Environment,
  type Kernelspec,
  localEngine,
  type PythonEnvironment,
  rayEngine,
  withPackages,
} from "@reprise/core/node";
import type { Call } from "../execute.ts";

export interface EngineChoice {
  readonly engine: "local" | "docker" | "ray";
  /** Of a Ray cluster; one of this machine is started without it. */
  readonly rayAddress?: string;
  readonly image?: string;
  readonly gpus?: string;
  readonly memory?: number;
  readonly cpus?: number;
  readonly network?: "none" | "bridge" | "host";
}

/** What runs in it: made on this machine already for the local engine, put into an image for Docker. */
export interface EngineEnvironment {
  readonly python?: PythonEnvironment;
  readonly kernelspec?: Kernelspec;
  readonly locked?: Environment;
}

/** Throws ProblemError RP141 for a limit that the local engine would not keep: it would be ignored in silence. */
export function checkEngineOptions(choice: EngineChoice): void {
  if (choice.engine !== "ray" && choice.rayAddress !== undefined) {
    const mend = "Add --engine ray, or leave --ray-address out.";
    throw new ProblemError({ id: "RP141", message: "--ray-address is for --engine ray", mend });
  }
  if (choice.engine === "docker" || (choice.engine === "ray" && choice.network === undefined)) return;
  const asksGpus = choice.gpus !== undefined && choice.gpus !== "none" && choice.gpus !== "optional";
  const ignored = asksGpus
    ? "gpus"
    : (["image", "memory", "cpus", "network"] as const).find((name) => choice[name] !== undefined);
  if (ignored === undefined) return;
  throw new ProblemError({
    id: "RP141",
    message: `--${ignored} is for containers, and this run is not in one`,
    mend: `Add --engine docker, or leave --${ignored} out: the local engine uses all of this machine.`,
  });
}

/** Opens the engine that was asked for. Throws ProblemError RP32x. */
export async function openEngine(
  choice: EngineChoice,
  environment: EngineEnvironment,
  folders: readonly string[],
  call: Call,
): Promise<Engine> {
  if (choice.engine === "local") {
    const { kernelspec, python } = environment;
    if (python !== undefined) return localEngine({ environment: python, ...(kernelspec && { kernelspec }) });
    if (kernelspec !== undefined) return localEngine({ kernelspec });
    throw new Error("the local engine needs an environment on this machine");
  }
  if (choice.engine === "ray") return openRay(choice, environment, folders, call);
  const { image, memory, cpus, network, gpus } = choice;
  const { signal, onProgress } = call;
  // A lock names what the notebook needs; the kernel that runs it is needed beside.
  const locked = environment.locked && (await withPackages(environment.locked, ["ipykernel"], { signal, onProgress }));
  return dockerEngine({
    folders: folders.map((path) => ({ path })),
    signal,
    onProgress,
    ...(locked === undefined ? {} : { environment: locked }),
    ...(image === undefined ? {} : { baseImage: image }),
    ...(memory === undefined ? {} : { memoryBytes: memory }),
    ...(cpus === undefined ? {} : { cpus }),
    ...(network === undefined ? {} : { network }),
    ...(gpus === undefined ? {} : { gpus: gpuRequest(gpus) }),
  });
}

async function openRay(
  { cpus, gpus, image, memory, rayAddress }: EngineChoice,
  { locked, python }: EngineEnvironment,
  [directory = process.cwd()]: readonly string[],
  { signal, onProgress }: Call,
): Promise<Engine> {
  if (python === undefined) {
    throw new ProblemError({
      id: "RP141",
      message: "--engine ray runs Python's own kernel, and this notebook names another",
      mend: "Give --environment locked, or a lock or virtual environment with ipykernel.",
    });
  }
  const cards = gpus === undefined ? Number.NaN : Number(gpus);
  return rayEngine({
    environment: python,
    directory,
    signal,
    onProgress,
    ...(locked && { locked }),
    ...(rayAddress && { address: rayAddress }),
    ...(cpus === undefined ? {} : { cpus }),
    ...(Number.isNaN(cards) ? {} : { gpus: cards }),
    ...(image === undefined ? {} : { image }),
    ...(memory === undefined ? {} : { memoryBytes: memory }),
  });
}

function gpuRequest(text: string): "all" | "none" | "optional" | number {
  return text === "all" || text === "none" || text === "optional" ? text : Number(text);
}
