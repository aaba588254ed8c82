import type { Dataflow } from "../dataflow/model.ts";
import type { Engine } from "../engine/engine.ts";
import type { Notebook } from "../notebook/model.ts";
import type { PipelinePlan } from "../plan/plan.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { ProgressListener } from "../text/progress.ts";

export interface VerifyRequest {
  readonly notebook: Notebook;
  readonly plan: PipelinePlan;
  /** Of the notebook: what it predicts explains where a run stops. */
  readonly analysis?: Analysis;
  /** Of the notebook, for the order that the plan follows. */
  readonly dataflow: Pick<Dataflow, "order" | "cells" | "statements" | "files" | "folders">;
  readonly projectFolder: string;
  /** Both sides run in it. */
  readonly engine: Engine;
  readonly rtol: number;
  readonly atol: number;
  /** How often the notebook runs: 2 tells what it does not reproduce itself; 1 takes its word for it. */
  readonly runs: number;
  /** The plan's own where it is absent. */
  readonly seed?: number;
  /** How long each cell may take; no limit where absent. */
  readonly cellTimeoutSeconds?: number;
  /** How long each stage may take; ten times what the whole notebook took, and at least five minutes, where absent. */
  readonly stageTimeoutSeconds?: number;
  /** Looks at what each cell really does, for gaps between that and the plan; costs time after each cell. */
  readonly observes?: boolean;
  /** A difference is traced to the statement where it begins, which runs the notebook once more: true where absent. */
  readonly traces?: boolean;
  /** For what is captured and for copies of the notebook's folder: empty, and known to the engine. */
  readonly workFolder: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

/** The seed of the streams that nothing in the notebook seeds. */
export function seedOf({ seed, plan }: VerifyRequest): number {
  return seed ?? plan.seeding.default;
}
