import type { RunOptions } from "../run/run-options.ts";

/** The options of `reprise batch`. */
export interface BatchOptions
  extends Pick<
    RunOptions,
    | ("json" | "parameters" | "parametersFile" | "parametersYaml" | "seed" | "kernel" | "cwd" | "startTimeout")
    | ("executionTimeout" | "timeout" | "environment" | "asOf" | "image" | "memory" | "cpus" | "network")
    | ("env" | "secret" | "secrets" | "tracking" | "experiment" | "name" | "tag")
  > {
  readonly engine: "local" | "docker" | "ray";
  readonly rayAddress?: string;
  readonly gpus?: string;
  readonly grid?: string;
  readonly sample?: number;
  readonly sampleSeed?: number;
  readonly workers: number;
  readonly threads?: number;
  readonly results?: string;
  readonly report?: string;
  readonly outputs?: string;
  readonly resume?: boolean;
  readonly retries: number;
  readonly failFast?: boolean;
}
