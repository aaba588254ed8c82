import type { Box, Layout, Sizes } from "./placement.ts";

const margin = 16;
const gap = 36;
const rowGap = 54;
/** Rows are broken where they are this wide, in pixels. */
const widest = 2400;

/**
 * Nodes in rows, each node below all that it needs and otherwise in the order given; edges are straight. In time that
 * grows with what there is to draw. An edge that leads back to an earlier node is drawn, and moves nothing.
 */
export function rowsLayout({ nodes, edges }: Sizes): Layout {
  const depths = depthsOf(nodes, edges);
  const rows = Map.groupBy(
    nodes.map((_, at) => at),
    (at) => depths[at] ?? 0,
  );
  const boxes: Box[] = [];
  let [width, bottom] = [0, margin];
  for (const depth of [...rows.keys()].sort((a, b) => a - b)) {
    let [left, top, tallest] = [margin, bottom, 0];
    for (const at of rows.get(depth) ?? []) {
      const size = nodes[at];
      if (size === undefined) continue;
      if (left > margin && left + size.width > widest) [left, top, tallest] = [margin, top + tallest + gap, 0];
      boxes[at] = { ...size, x: left + size.width / 2, y: top + size.height / 2 };
      left += size.width + gap;
      tallest = Math.max(tallest, size.height);
      width = Math.max(width, left - gap + margin);
    }
    bottom = top + tallest + rowGap;
  }
  const places = new Map(nodes.map(({ id }, at) => [id, boxes[at]]));
  const routes = edges.map(({ from, to }) => straight(places.get(from), places.get(to)));
  return { width, height: bottom - rowGap + margin, boxes, routes };
}

/** How many edges lead to a node, one after the other, by position. Edges go from earlier nodes to later ones. */
function depthsOf(nodes: Sizes["nodes"], edges: Sizes["edges"]): readonly number[] {
  const positions = new Map(nodes.map(({ id }, at) => [id, at]));
  const into = Map.groupBy(edges, ({ to }) => positions.get(to));
  const depths: number[] = [];
  nodes.forEach((_, at) => {
    const before = (into.get(at) ?? []).map(({ from }) => depths[positions.get(from) ?? at] ?? -1);
    depths.push(before.reduce((deepest, depth) => Math.max(deepest, depth + 1), 0));
  });
  return depths;
}

function straight(from: Box | undefined, to: Box | undefined) {
  if (from === undefined || to === undefined) return { points: [], label: { x: 0, y: 0 } };
  const start = { x: from.x, y: from.y + from.height / 2 };
  const end = { x: to.x, y: to.y - to.height / 2 };
  return { points: [start, end], label: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 } };
}
