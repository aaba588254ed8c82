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

/** Throws ProblemError RP141 for what the engine would not keep to: it would be ignored in silence. */
export function checkEngineOptions(choice: EngineChoice): void {
  const { engine, gpus = "none", image, rayAddress } = choice;
  if (engine !== "ray" && rayAddress !== undefined) {
    throw refused("--ray-address is for --engine ray", "Add --engine ray, or leave --ray-address out.");
  }
  if (engine === "docker" && isPartOfCard(gpus)) {
    throw refused(`--gpus ${gpus}: a container gets whole cards`, "Give a whole number, all, or device=ID,ID.");
  }
  if (engine === "ray" && gpus !== "none" && Number.isNaN(Number(gpus))) {
    throw refused(`--gpus ${gpus}: Ray keeps a number of cards for each run`, "Give a number, such as 1 or 0.5.");
  }
  const ignored =
    engine === "local" && gpus !== "none" && gpus !== "optional"
      ? "gpus"
      : ignoredBy(engine, image).find((name) => choice[name] !== undefined);
  if (ignored === undefined) return;
  throw refused(
    `--${ignored} is for containers, and this run is not in one`,
    engine === "ray"
      ? "Name the --image that the runs are to be in, or leave --network out."
      : `Add --engine docker, or leave --${ignored} out: the local engine uses all of this machine.`,
  );
}

function ignoredBy(engine: EngineChoice["engine"], image: string | undefined) {
  if (engine === "local") return ["image", "memory", "cpus", "network"] as const;
  return engine === "ray" && image === undefined ? (["network"] as const) : [];
}

const isPartOfCard = (gpus: string): boolean => gpus.includes(".") && !gpus.startsWith("device=");

function refused(message: string, mend: string): ProblemError {
  return new ProblemError({ id: "RP141", message, mend });
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
  { cpus, gpus, image, memory, network, rayAddress }: EngineChoice,
  { locked, python }: EngineEnvironment,
  folders: readonly string[],
  { signal, onProgress }: Call,
): Promise<Engine> {
  if (python === undefined && image === undefined) {
    throw refused(
      "--engine ray runs Python's own kernel, and this notebook names another",
      "Give --environment locked, or a lock or virtual environment with ipykernel.",
    );
  }
  const cards = Number(gpus ?? "none");
  return rayEngine({
    folders,
    signal,
    onProgress,
    ...(python && { environment: python }),
    ...(locked && { locked }),
    ...(rayAddress && { address: rayAddress }),
    ...(cpus === undefined ? {} : { cpus }),
    ...(Number.isNaN(cards) ? {} : { gpus: cards }),
    ...(image === undefined ? {} : { image }),
    ...(network === undefined ? {} : { network }),
    ...(memory === undefined ? {} : { memoryBytes: memory }),
  });
}

function gpuRequest(text: string): "all" | "none" | "optional" | number | readonly string[] {
  if (text.startsWith("device=")) return text.slice("device=".length).split(",");
  return text === "all" || text === "none" || text === "optional" ? text : Number(text);
}
