import type {
  Analysis,
  Finding,
  PipelinePlan,
  PlanFile,
  Project,
  ProjectObservation,
  PythonFormatter,
} from "@reprise/core";
import type { Environment, RefinedOptions, VersionLimit } from "@reprise/core/node";
import type { ConvertOptions } from "./convert-options.ts";
import type { Destination } from "./existing-project.ts";

/** A notebook and the project made of it. */
export interface Conversion {
  readonly outcome: "converted";
  readonly analysis: Analysis;
  readonly plan: PipelinePlan;
  readonly project: Project;
  readonly environment?: Environment;
  /** Hash of what was asked of the resolver. */
  readonly request?: string;
  /** At warning or above. */
  readonly findings: readonly Finding[];
}

/** Why a notebook cannot become a pipeline as it is. */
export interface Diagnosis {
  readonly outcome: "diagnosed";
  readonly analysis: Analysis;
  readonly reasons: readonly Finding[];
}

export type ConversionOptions = Partial<
  Pick<ConvertOptions, "plan" | "target" | "package" | "python" | "asOf" | "stages" | "lock" | "dataChecks" | "report">
> & {
  /** Where the notebook's relative paths start, seen from the project's folder; with forward slashes. */
  readonly dataFolder?: string;
  /** One that was started beforehand. */
  readonly formatter?: PythonFormatter;
  /** What a proof taught about the plan. */
  readonly refined?: RefinedOptions;
  /** What it taught about the versions: those that are too new for the notebook. */
  readonly limits?: readonly VersionLimit[];
  /** Why the day of `asOf` was taken, where nobody asked for it: a sentence. */
  readonly whyAsOf?: string;
  /** What a proof saw of the values. */
  readonly observation?: ProjectObservation;
  /** What `plan` names. */
  readonly planFile?: PlanFile;
  /** The project that the conversion is merged into. */
  readonly destination?: Destination;
};
