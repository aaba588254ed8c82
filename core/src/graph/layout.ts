import dagre from "@dagrejs/dagre";
import { rowsLayout } from "./rows-layout.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node's middle and its size. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** The points that an edge goes through, and the middle of its label. */
export interface Route {
  readonly points: readonly Point[];
  readonly label: Point;
}

/** What has to be placed: sizes in pixels; an edge has the size of its label. */
export interface Sizes {
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly width: number }[];
}

/** Where everything goes, in the order of `Sizes`. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly routes: readonly Route[];
}

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
  dagre.layout(graph);
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
