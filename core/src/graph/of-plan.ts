import { cellOf } from "../dataflow/statement-id.ts";
import type { PipelinePlan, Stage } from "../plan/plan.ts";
import type { GraphEdge, GraphNode, GraphView } from "./view.ts";

/** The stages of a plan and the values that cross between them. */
export function planGraph(plan: PipelinePlan, tones: ReadonlyMap<string, GraphNode["tone"]> = new Map()): GraphView {
  const nodes = plan.stages.map((stage): GraphNode => {
    const tone = tones.get(stage.name) ?? (stage.isReport ? "aside" : undefined);
    const cells = [...new Set(stage.statements.map(cellOf))].sort((a, b) => a - b);
    return {
      id: stage.name,
      title: stage.name,
      stage: stage.name,
      detail: cellList(cells),
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

/** `cells 3 to 5, 9`. */
export function cellList(cells: readonly number[]): string {
  if (cells.length === 0) return "";
  const runs: [number, number][] = [];
  for (const cell of cells) {
    const last = runs.at(-1);
    if (last && cell === last[1] + 1) last[1] = cell;
    else runs.push([cell, cell]);
  }
  const text = runs.map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`)).join(", ");
  return `${cells.length === 1 ? "cell" : "cells"} ${text}`;
}
