import {
  type Analysis,
  type Dataflow,
  dataflowGraph,
  type GraphView,
  planGraph,
  planPipeline,
  type Statement,
  svg,
} from "@reprise/core";

/** What its nodes are. */
export type GraphUnit = "stage" | "cell" | "statement";

/** A graph as the page shows it, or why there is none. */
export interface DrawnGraph {
  readonly drawing: string;
  /** The cell that each node leads to, in the order of the nodes. */
  readonly cells: readonly (number | null)[];
  readonly message?: string;
}

/** The graph of a notebook by statements, cells or stages, as a drawing. */
export function drawnGraph(analysis: Analysis, unit: GraphUnit): DrawnGraph {
  const planned = planPipeline(analysis, {});
  if (unit !== "stage") {
    const plan = planned.outcome === "planned" ? { plan: planned.plan } : {};
    return drawn(dataflowGraph(withoutImports(analysis.document), { by: unit, ...plan }));
  }
  if (planned.outcome === "planned") return drawn(planGraph(planned.plan));
  const why = planned.reasons.map((reason) => `Cell ${reason.cell}: ${reason.message}`).join(" ");
  return { drawing: "", cells: [], message: `There is no pipeline to draw yet. ${why}` };
}

/** A graph as a drawing, with the cell that each node leads to. */
export function drawn(view: GraphView): DrawnGraph {
  return { drawing: svg(view), cells: view.nodes.map((node) => node.cell ?? firstCell(node.detail)) };
}

/** Stages say their cells in words: `cells 3 to 5, 9`. */
function firstCell(detail: string | undefined): number | null {
  const number = /\d+/.exec(detail ?? "");
  return number === null ? null : Number(number[0]);
}

/** Everything needs the imports; drawn, they would hide the rest. */
function withoutImports(dataflow: Dataflow): Dataflow {
  const isDrawn = ({ node }: Statement) => node.type !== "Import" && node.type !== "ImportFrom";
  const statements = dataflow.statements.filter(isDrawn);
  const drawn = new Set(statements.map(({ id }) => id));
  return { ...dataflow, statements, edges: dataflow.edges.filter(({ from, to }) => drawn.has(from) && drawn.has(to)) };
}
