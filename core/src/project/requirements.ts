import type { ProjectContext } from "./context.ts";
import { importsDrawing, libraryMayDraw } from "./edits/drawing-calls.ts";
import { usesShellLists } from "./edits/shell-lists.ts";
import type { DataChecks } from "./modules/data-checks.ts";

/** What the generated code around the author's own uses. */
export interface ProjectParts {
  readonly parquet: boolean;
  readonly polars: boolean;
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
  /** What commands print is used as IPython's own list. */
  readonly shellLists: boolean;
}

/** What the generated code has to be able to do, by what the notebook imports. */
export function projectParts(
  context: Pick<ProjectContext, "plan" | "imports" | "dataflow" | "analysis">,
  checks: DataChecks = "plain",
): ProjectParts {
  const { plan, imports, dataflow } = context;
  const packages = imports.packages;
  return {
    parquet: packages.has("pandas"),
    polars: packages.has("polars"),
    npy: packages.has("numpy"),
    torch: packages.has("torch"),
    joblib: packages.has("sklearn") || packages.has("joblib"),
    sparse: packages.has("sklearn") || packages.has("scipy"),
    streams: packages.has("sklearn"),
    figures: importsDrawing(context) || draws(context),
    groups: plan.artifacts.some(({ names }) => names.length > 1),
    pandera: checks === "pandera" && packages.has("pandas"),
    shellLists: usesShellLists(dataflow),
  };
}

/** pandas, scikit-learn, statsmodels ... draw without an import of matplotlib in the notebook. */
function draws(context: Pick<ProjectContext, "imports" | "dataflow" | "analysis">): boolean {
  return context.dataflow.statements.some(({ calls }) => calls.some((call) => libraryMayDraw(call, context)));
}

/** The distributions that the generated code imports, whether the notebook does or not. */
export function requirementsOf(parts: ProjectParts): readonly string[] {
  return [
    "pyyaml",
    ...(parts.parquet ? ["pyarrow"] : []),
    ...(parts.joblib ? ["joblib"] : []),
    ...(parts.torch ? ["safetensors"] : []),
    ...(parts.figures ? ["matplotlib"] : []),
    ...(parts.pandera ? ["pandera"] : []),
    ...(parts.shellLists ? ["ipython"] : []),
  ];
}
