import { cellOf } from "../dataflow/statement-id.ts";
import type { PipelinePlan, Stage } from "../plan/plan.ts";
import { cellList } from "../text/cell-list.ts";
import type { GraphEdge, GraphNode, GraphView } from "./view.ts";

/** The stages of a plan and the values that cross between them. */
export function planGraph(plan: PipelinePlan, tones: ReadonlyMap<string, GraphNode["tone"]> = new Map()): GraphView {
  const nodes = plan.stages.map((stage): GraphNode => {
    const tone = tones.get(stage.name) ?? (stage.isReport ? "aside" : undefined);
    return {
      id: stage.name,
      title: stage.name,
      stage: stage.name,
      detail: cellList(stage.statements.map(cellOf)),
      ...(tone === undefined ? {} : { tone }),
    };
  });
  return { nodes, edges: plan.stages.flatMap(inputEdges) };
}

function inputEdges(stage: Stage): GraphEdge[] {
  const values = stage.inputs.map(({ from, name }) => ({ from, kind: "value" as const, name }));
  const files = (stage.after ?? []).map((from) => ({ from, kind: "file" as const, name: "files" }));
  return [...values, ...files].map((edge) => ({ ...edge, to: stage.name, certainty: "must" }));
}
