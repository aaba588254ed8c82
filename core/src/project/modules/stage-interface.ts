import type { Stage } from "../../plan/plan.ts";
import type { ProjectContext } from "../context.ts";
import { freshName } from "../words.ts";
import type { StageBody } from "./stage-body.ts";

/** What a stage's function looks like from outside. */
export interface StageInterface {
  readonly stage: Stage;
  readonly function: string;
  readonly isAsync: boolean;
  readonly params: string;
  readonly usesParams: boolean;
  /** What it returns: nothing, one value, the metrics alone, or a named tuple of its outputs and then its metrics. */
  readonly returns: "nothing" | "value" | "metrics" | "tuple";
  /** The field of the named tuple that holds the metrics. */
  readonly metricsField?: string;
  /** Fields of the named tuple, by the name of the output that each holds. */
  readonly fields: ReadonlyMap<string, string>;
  /** Names of the metrics. */
  readonly metrics: readonly string[];
}

/** How the rest of the project sees a stage with this body. */
export function stageInterface(context: ProjectContext, stage: Stage, body: StageBody): StageInterface {
  const hasMetrics = body.metrics.length > 0;
  const returns = returnShape(stage.outputs.length, hasMetrics);
  const fields = new Map(stage.outputs.map((name) => [name, fieldName(name)] as const));
  return {
    stage,
    function: stageFunction(context, stage),
    isAsync: body.isAsync,
    params: body.params,
    usesParams: body.usesParams,
    returns,
    ...(returns === "tuple" && hasMetrics
      ? { metricsField: freshName("metrics", new Set(fields.values()), "reported") }
      : {}),
    fields,
    metrics: body.metrics.map(({ metric }) => metric.name),
  };
}

function returnShape(outputs: number, hasMetrics: boolean): StageInterface["returns"] {
  if (outputs + (hasMetrics ? 1 : 0) > 1) return "tuple";
  if (hasMetrics) return "metrics";
  return outputs === 1 ? "value" : "nothing";
}

/** What the functions of `__main__.py` that call the stages call their own. */
export const ofMain: readonly string[] = ["work", "params", "load", "save", "check", "result", "values"];

/** The stage's own name, unless an import or a definition of the notebook has it (`def train(...)` in stage train). */
function stageFunction(context: ProjectContext, stage: Stage): string {
  const taken = new Set([...ofMain, ...context.imports.names.map(({ bound }) => bound), ...context.definitions.keys()]);
  return freshName(stage.name, taken, "stage");
}

/** A named tuple has no field that begins with an underscore, nor one that hides a method of tuples. */
function fieldName(name: string): string {
  if (name.startsWith("_")) return `${name.replace(/^_+/, "") || "value"}_`;
  return name === "count" || name === "index" ? `${name}_` : name;
}
