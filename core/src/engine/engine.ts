import type { PythonEnvironment } from "../environment/environment.ts";
import type { Kernelspec } from "../environment/python/kernelspec.ts";
import type { ProcessUsage } from "../host/process-usage.ts";
import type { Exit, KernelProcess } from "../kernel/process.ts";

export type { Exit, KernelProcess } from "../kernel/process.ts";

/** Where code runs: processes of this machine, or a container. What it starts, `close` stops, as a tree. */
export interface Engine {
  readonly kind: "local" | "docker" | "ray";
  /** For the record: image, limits, hardware. */
  readonly description: EngineDescription;
  /** Starts a kernel; resolves once its process runs, before it has answered. Throws ProblemError. */
  startKernel(options: KernelOptions): Promise<KernelProcess>;
  /** Runs a program to its end (a project's stage) in the same environment as the kernels. */
  run(command: ProgramOptions): Promise<ProgramResult>;
  /** The path, inside the engine, of a folder on this machine that was handed to it. */
  pathInside(folder: string): string;
  close(): Promise<void>;
}

export interface EngineDescription {
  readonly kind: "local" | "docker" | "ray";
  /** The interpreter's version; absent for a kernel that says by itself what it is. */
  readonly python?: string;
  readonly image?: { readonly reference: string; readonly digest: string };
  readonly memoryBytes?: number;
  readonly cpus?: number;
  readonly gpus?: readonly string[];
  readonly network?: "none" | "bridge" | "host";
  /** Of the cluster. */
  readonly address?: string;
}

export interface KernelOptions {
  /** On this machine; mapped into a container. */
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** The same for what nobody may see: it is in no description of a container. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** The kernel's own standard output and error, as it comes. */
  readonly onStdio?: (stream: "stdout" | "stderr", text: string) => void;
  readonly signal?: AbortSignal;
}

export interface ProgramOptions {
  /** `python` stands for the environment's interpreter. */
  readonly command: readonly [string, ...string[]];
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** As for kernels. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly onOutput?: (stream: "stdout" | "stderr", text: string) => void;
  /** Told once it runs, with a way to ask what it and all that it started use. */
  readonly onStarted?: (usage: () => Promise<ProcessUsage | undefined>) => void;
  readonly signal?: AbortSignal;
  readonly timeoutMilliseconds?: number;
}

export interface ProgramResult extends Exit {
  readonly stdout: string;
  readonly seconds: number;
}

/** The IPython kernel of an environment, or a kernel of any language that Jupyter knows. */
export type LocalEngineOptions =
  | { readonly environment: PythonEnvironment; readonly kernelspec?: Kernelspec }
  | { readonly environment?: PythonEnvironment; readonly kernelspec: Kernelspec };
