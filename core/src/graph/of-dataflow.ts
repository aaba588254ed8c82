import type { Dataflow, Edge, Statement, StatementId } from "../dataflow/model.ts";
import type { PipelinePlan } from "../plan/plan.ts";
import type { GraphEdge, GraphView } from "./view.ts";

export interface DataflowGraphOptions {
  readonly by: "statement" | "cell";
  /** Only these statements, such as a slice. */
  readonly only?: ReadonlySet<StatementId>;
  /** Names the stage of each statement. */
  readonly plan?: PipelinePlan;
}

/** The statements or cells of a notebook and what flows between them, in the order that was analysed. */
export function dataflowGraph(dataflow: Dataflow, options: DataflowGraphOptions): GraphView {
  const stages = new Map<StatementId, string>();
  for (const stage of options.plan?.stages ?? []) {
    for (const statement of stage.statements) stages.set(statement, stage.name);
  }
  const statements = dataflow.statements.filter((statement) => options.only?.has(statement.id) ?? true);
  const sources = new Map(dataflow.cells.map(({ cell }) => [cell.index, cell.source.split("\n")]));
  const nodeOf = (id: StatementId) => (options.by === "cell" ? `c${id.split(".", 1)[0]}` : `c${id}`);
  const nodes = new Map<string, GraphView["nodes"][number]>();
  for (const statement of statements) {
    const id = nodeOf(statement.id);
    if (nodes.has(id)) continue;
    const stage = stages.get(statement.id);
    const title = firstLine(sources.get(statement.cell) ?? [], statement);
    nodes.set(id, { id, cell: statement.cell, title, ...(stage === undefined ? {} : { stage }) });
  }
  return { nodes: [...nodes.values()], edges: joinEdges(dataflow.edges, nodeOf, (id) => nodes.has(id)) };
}

/** One edge for each pair, kind and name; `must` where any of the joined ones is sure. */
function joinEdges(
  edges: readonly Edge[],
  nodeOf: (id: StatementId) => string,
  isShown: (id: string) => boolean,
): readonly GraphEdge[] {
  const joined = new Map<string, GraphEdge>();
  for (const edge of edges) {
    const from = nodeOf(edge.from);
    const to = nodeOf(edge.to);
    if (from === to || !isShown(from) || !isShown(to)) continue;
    const key = JSON.stringify([from, to, edge.kind, edge.name]);
    if (joined.get(key)?.certainty === "must") continue;
    joined.set(key, { from, to, kind: edge.kind, name: edge.name, certainty: edge.certainty });
  }
  return [...joined.values()];
}

function firstLine(lines: readonly string[], statement: Statement): string {
  const { start, end } = statement.range;
  const line = lines[start.line - 1] ?? "";
  const text = line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined).trim();
  return end.line > start.line ? `${text} …` : text;
}
