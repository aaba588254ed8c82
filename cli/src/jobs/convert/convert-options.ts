import type { DataChecks } from "@reprise/core";

/** The options of `reprise convert`. */
export interface ConvertOptions {
  readonly json?: boolean;
  readonly output: string;
  readonly plan?: string;
  readonly planOut?: string;
  readonly target?: readonly string[];
  readonly package?: string;
  readonly python?: string;
  readonly asOf?: string;
  readonly stages?: "headings" | "roles" | "single";
  /** How the project checks the tables that it reads. */
  readonly dataChecks?: DataChecks;
  readonly prove?: boolean;
  readonly report?: string;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  /** False with `--no-lock`. */
  readonly lock: boolean;
}
