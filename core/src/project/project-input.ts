import type { PipelinePlan } from "../plan/plan.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { Finding } from "../rules/finding.ts";
import type { DataChecks } from "./modules/data-checks.ts";
import type { ProjectObservation } from "./observation.ts";
import type { DataFileFacts } from "./pages/data-facts.ts";
import type { PythonFormatter, Templates } from "./project.ts";

/** What a project is made from. */
export interface ProjectInput {
  readonly plan: PipelinePlan;
  readonly analysis: Analysis;
  readonly templates: Templates;
  readonly formatter: PythonFormatter;
  readonly environment?: ProjectEnvironment;
  /** Python to write for where there is no environment; 3.11 where it is absent. */
  readonly python?: string;
  /** The notebook's folder seen from the project's, such as `..`: where its relative paths start from. */
  readonly dataFolder?: string;
  /** Modules beside the notebook that it imports: texts by path below its folder. They go into the project unchanged. */
  readonly localModules?: ReadonlyMap<string, string>;
  /** Files that these read from where they lie: by path below the same folder, where they are here. */
  readonly localData?: ReadonlyMap<string, string>;
  /** What running showed, where an earlier project of this plan was proven. */
  readonly observation?: ProjectObservation;
  /** What the rules say of the notebook; asked for while the formatter is at work. */
  readonly findings?: () => readonly Finding[];
  /** What is known of the files that the notebook reads. */
  readonly dataFacts?: readonly DataFileFacts[];
  /** `plain` where it is absent. */
  readonly dataChecks?: DataChecks;
}

/** What a project has to know of its environment. */
export interface ProjectEnvironment {
  /** `3.11`. */
  readonly python: string;
  /** The text of pylock.toml; absent where nothing was locked. */
  readonly lock?: string;
  /** What the project depends on directly: `pandas==3.1.1`, or without a version where nothing was locked. */
  readonly direct: readonly string[];
  /** Files of this machine that the lock names: by path below the project's folder, where they lie here. */
  readonly localFiles?: ReadonlyMap<string, string>;
  /** What its user should know of the versions, a sentence each. */
  readonly notes?: readonly string[];
}
