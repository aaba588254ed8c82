import type { PipelinePlan } from "../plan/plan.ts";
import type { DataChecks } from "./data-checks.ts";
import type { ImportTable } from "./import-table.ts";

/** What the generated code around the author's own uses. */
export interface ProjectParts {
  readonly parquet: boolean;
  readonly npy: boolean;
  readonly torch: boolean;
  readonly joblib: boolean;
  /** Sparse matrices of scipy may cross. */
  readonly sparse: boolean;
  /** Models may hold numpy's global stream. */
  readonly streams: boolean;
  readonly figures: boolean;
  readonly groups: boolean;
  readonly pandera: boolean;
}

export function projectParts(plan: PipelinePlan, imports: ImportTable, checks: DataChecks = "plain"): ProjectParts {
  const packages = imports.packages;
  return {
    parquet: packages.has("pandas"),
    npy: packages.has("numpy"),
    torch: packages.has("torch"),
    joblib: packages.has("sklearn") || packages.has("joblib"),
    sparse: packages.has("sklearn") || packages.has("scipy"),
    streams: packages.has("sklearn"),
    figures: packages.has("matplotlib") || packages.has("seaborn"),
    groups: plan.artifacts.some(({ names }) => names.length > 1),
    pandera: checks === "pandera" && packages.has("pandas"),
  };
}

/** The distributions that the generated code imports, whether the notebook does or not. */
export function requirementsOf(parts: ProjectParts): readonly string[] {
  return [
    "pyyaml",
    ...(parts.parquet ? ["pyarrow"] : []),
    ...(parts.joblib ? ["joblib"] : []),
    ...(parts.torch ? ["safetensors"] : []),
    ...(parts.pandera ? ["pandera"] : []),
  ];
}
