import type { EdgeKind } from "../dataflow/model.ts";

/** A graph as it is shown and handed to scripts: of statements, of cells, or of stages. */
export interface GraphView {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  readonly id: string;
  /** Index into the file's cells, for statements and cells. */
  readonly cell?: number;
  readonly title: string;
  /** Smaller text under the title, such as the cells of a stage. */
  readonly detail?: string;
  readonly stage?: string;
  /** How a node is coloured where colours mean something: the verdict of a stage, or that it is a report. */
  readonly tone?: "good" | "close" | "bad" | "unknown" | "aside";
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly name: string;
  readonly certainty: "must" | "may";
}
