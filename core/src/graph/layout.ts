import dagre, { type Graph } from "@dagrejs/dagre";
import { exchangeNeighbours } from "./exchange-neighbours.ts";
import type { Layout, Sizes } from "./placement.ts";
import { rowsLayout } from "./rows-layout.ts";

/** Keeping lines from crossing takes more than the square of what is drawn: beyond this, nodes stand in plain rows. */
const largest = 400;

/** Places nodes from top to bottom, each below what it needs. */
export function layout(sizes: Sizes): Layout {
  return sizes.nodes.length + sizes.edges.length > largest ? rowsLayout(sizes) : layeredLayout(sizes);
}

function layeredLayout({ nodes, edges }: Sizes): Layout {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 36, ranksep: 54, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
  for (const { from, to, width } of edges) graph.setEdge(from, to, { width, height: 16, labelpos: "c" });
  dagre.layout(graph, { customOrder: orderRows });
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    boxes: nodes.map(({ id, width, height }) => ({ x: 0, y: 0, ...graph.node(id), width, height })),
    routes: edges.map(({ from, to }) => {
      const { points = [], x = 0, y = 0 } = graph.edge(from, to);
      return { points, label: { x, y } };
    }),
  };
}

/** Dagre's own order, and what still crosses in it undone where that can be. */
function orderRows(graph: Graph, order: (graph: Graph) => void): void {
  order(graph);
  const placed = (graph.nodes() as readonly string[]).map((name): Placed => ({ name, ...graph.node(name) }));
  const rows = [...Map.groupBy(placed, ({ rank }) => rank).entries()]
    .sort(([one], [other]) => one - other)
    .map(([, row]) => row.sort((one, other) => one.order - other.order).map(({ name }) => name));
  exchangeNeighbours(rows, {
    above: (name) => graph.predecessors(name) ?? [],
    below: (name) => graph.successors(name) ?? [],
  });
  for (const row of rows) for (const [at, name] of row.entries()) graph.node(name).order = at;
}

/** What dagre notes in a node while it lays it out. */
interface Placed {
  readonly name: string;
  readonly rank: number;
  readonly order: number;
}
