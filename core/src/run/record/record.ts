import type { EngineDescription } from "../../engine/engine.ts";
import type { ResourceUse } from "./resource-use.ts";

/** Everything that is needed to have a run again, and what came out. `record.json` of a run's folder. */
export interface RunRecord {
  readonly schema: "reprise.run-record/1";
  /** 32 hexadecimal digits: also MLflow's shape of a run id. */
  readonly id: string;
  readonly name: string;
  readonly experiment: string;
  readonly kind: "notebook" | "project" | "batch";
  /** The batch that it is a run of. */
  readonly parent?: string;
  readonly status: "running" | "succeeded" | "failed" | "interrupted" | "died";
  /** ISO 8601. */
  readonly started: string;
  readonly ended?: string;
  readonly seconds?: number;
  readonly command: readonly string[];
  readonly code: CodeIdentity;
  readonly data: readonly DataIdentity[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly seed?: number;
  /** The names of the secrets that the code was given. */
  readonly secrets?: readonly string[];
  readonly metrics: readonly MetricPoint[];
  readonly environment: EnvironmentIdentity;
  readonly engine: EngineDescription;
  readonly hardware: Hardware;
  readonly user: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly cells: readonly CellRun[];
  /** Files of the run, by name: path below the run's folder, and content hash. */
  readonly outputs: readonly OutputFile[];
  /** What its kernel used; absent where nobody could tell. */
  readonly resources?: ResourceUse;
  readonly failure?: RunFailure;
  /** What was told to trackers, and what could not be. */
  readonly tracking: readonly TrackingResult[];
}

export interface CodeIdentity {
  readonly path: string;
  /** `sha256:...` of the file's bytes (a project: of its sorted file hashes). */
  readonly hash: string;
  readonly git?: {
    readonly commit: string;
    readonly branch?: string;
    readonly remote?: string;
    readonly dirty: boolean;
  };
}

export interface DataIdentity {
  readonly path: string;
  readonly hash?: string;
  readonly bytes?: number;
  readonly use: "read" | "write";
}

export interface EnvironmentIdentity {
  /** The interpreter's version; absent where the code is in another language. */
  readonly python?: string;
  /** What runs the code, where that is not Python. */
  readonly language?: { readonly name: string; readonly version: string };
  readonly lockHash?: string;
  readonly packages: readonly { readonly name: string; readonly version: string }[];
}

export interface Hardware {
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly gpus: readonly string[];
}

export interface MetricPoint {
  readonly name: string;
  readonly value: number;
  /** The cell for values read from a notebook. */
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

export interface CellRun {
  readonly cell: number;
  readonly status: "ok" | "error" | "skipped" | "not-reached";
  readonly seconds?: number;
  /** The run that its results were taken over from; it was skipped here. */
  readonly from?: string;
  /** With the cache of cells: `taken`, or why it was not. */
  readonly cache?: string;
}

export interface OutputFile {
  readonly name: string;
  readonly path: string;
  readonly hash: string;
  readonly bytes: number;
}

export interface RunFailure {
  readonly cell?: number;
  readonly name: string;
  readonly message: string;
  readonly traceback: readonly string[];
}

export interface TrackingResult {
  readonly kind: string;
  readonly url?: string;
  readonly error?: string;
}
