import { layout } from "./layout.ts";
import type { Box, Route } from "./placement.ts";
import { pairs } from "./text-formats.ts";
import type { GraphEdge, GraphNode, GraphView } from "./view.ts";

const maximalTitle = 46;
const characterWidth = 7.3;
const lineHeight = 18;
const padding = 14;
const nowhere: Box = { x: 0, y: 0, width: 0, height: 0 };

/**
 * A drawing of the graph, laid out from top to bottom, light or dark as its surroundings are. It holds no script, and
 * every text in it is escaped, so that it can stand inside a page.
 */
export function svg(view: GraphView): string {
  const joined = [...pairs(view)].map(([pair, edges]) => ({ pair: pair.split("\n") as [string, string], edges }));
  const { width, height, boxes, routes } = layout({
    nodes: view.nodes.map((node) => ({ id: node.id, ...sizeOf(node) })),
    edges: joined.map(({ pair: [from, to], edges }) => ({ from, to, width: labelOf(edges).length * 6.2 + 8 })),
  });
  const colours = new Map([...new Set(view.nodes.map((node) => node.stage))].map((stage, at) => [stage, at % 6]));
  const body = [
    ...routes.map((route, at) => edgeSvg(route, joined[at]?.edges ?? [])),
    ...view.nodes.map((node, at) => nodeSvg(node, boxes[at] ?? nowhere, colours.get(node.stage) ?? 0)),
  ];
  const size = `${Math.ceil(Math.max(width, 10))} ${Math.ceil(Math.max(height, 10))}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="reprise-graph" viewBox="0 0 ${size}" width="${size.split(" ")[0]}" role="img" aria-label="Graph of ${view.nodes.length} nodes">
<style>${style}</style>
<defs><marker id="reprise-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L10,5 L0,10 z" class="arrow"/></marker></defs>
${body.join("\n")}
</svg>
`;
}

function sizeOf(node: GraphNode): { width: number; height: number } {
  const longest = Math.max(shorten(node.title).length, shorten(node.detail ?? "").length * 0.85, 8);
  return {
    width: longest * characterWidth + 2 * padding,
    height: (node.detail ? 2 : 1) * lineHeight + padding * 1.4,
  };
}

function nodeSvg(node: GraphNode, box: Box, colour: number): string {
  const left = box.x - box.width / 2;
  const top = box.y - box.height / 2;
  const kind = node.tone ? `tone-${node.tone}` : `stage-${colour}`;
  const titleY = box.y + (node.detail ? -3 : 4.5);
  const detail = node.detail
    ? `<text class="detail" x="${round(box.x)}" y="${round(box.y + 15)}">${escapeXml(shorten(node.detail))}</text>`
    : "";
  return `<g class="node ${kind}"><title>${escapeXml([node.title, node.detail ?? ""].join("\n").trim())}</title><rect x="${round(left)}" y="${round(top)}" width="${round(box.width)}" height="${round(box.height)}" rx="8"/><text x="${round(box.x)}" y="${round(titleY)}">${escapeXml(shorten(node.title))}</text>${detail}</g>`;
}

function edgeSvg({ points, label }: Route, edges: readonly GraphEdge[]): string {
  const certainty = edges.some((edge) => edge.certainty === "must") ? "must" : "may";
  const names = escapeXml([...new Set(edges.map((edge) => edge.name))].join(", "));
  return `<g class="edge ${certainty}"><title>${names}</title><path d="${curve(points)}" marker-end="url(#reprise-arrow)"/><text x="${round(label.x)}" y="${round(label.y + 4)}">${escapeXml(labelOf(edges))}</text></g>`;
}

/** Through the middles of the given points, with the points themselves as control points. */
function curve(points: Route["points"]): string {
  const [first, ...rest] = points;
  const last = rest.pop();
  if (first === undefined || last === undefined) return "";
  let path = `M${round(first.x)},${round(first.y)}`;
  rest.forEach((point, at) => {
    const next = rest[at + 1] ?? last;
    const end = at === rest.length - 1 ? last : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    path += ` Q${round(point.x)},${round(point.y)} ${round(end.x)},${round(end.y)}`;
  });
  return rest.length === 0 ? `${path} L${round(last.x)},${round(last.y)}` : path;
}

function labelOf(edges: readonly GraphEdge[]): string {
  const names = [...new Set(edges.map((edge) => edge.name))];
  const text = names.slice(0, 3).join(", ");
  return shorten(names.length > 3 ? `${text} +${names.length - 3}` : text);
}

const shorten = (text: string) => (text.length > maximalTitle ? `${text.slice(0, maximalTitle - 1)}…` : text);
const round = (value: number) => Math.round(value * 10) / 10;

/** Also drops the control characters that XML forbids. */
function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\p{Cc}|\p{Cs}/gu, " ");
}

const style = `
.reprise-graph { --ink: #1f2430; --line: #8a93a3; --back: #ffffff; max-width: 100%; height: auto; font: 13px ui-sans-serif, system-ui, sans-serif; }
.reprise-graph text { text-anchor: middle; fill: var(--ink); }
.reprise-graph .detail, .reprise-graph .edge text { font-size: 11px; fill-opacity: .78; }
.reprise-graph .edge path { fill: none; stroke: var(--line); stroke-width: 1.4; }
.reprise-graph .edge.may path { stroke-dasharray: 5 4; }
.reprise-graph .edge text { paint-order: stroke; stroke: var(--back); stroke-width: 7px; stroke-linejoin: round; }
.reprise-graph .arrow { fill: var(--line); }
.reprise-graph rect { stroke-width: 1.4; }
.stage-0 rect { fill: #e6effc; stroke: #4a7fd1; } .stage-1 rect { fill: #e7f6ec; stroke: #3f9f63; }
.stage-2 rect { fill: #fdf1de; stroke: #d0912c; } .stage-3 rect { fill: #f3e8fb; stroke: #9259c9; }
.stage-4 rect { fill: #fde8ea; stroke: #cf5563; } .stage-5 rect { fill: #e2f5f6; stroke: #2f9aa3; }
.tone-good rect { fill: #e3f6e8; stroke: #2e9850; } .tone-close rect { fill: #fbf4d9; stroke: #b99518; }
.tone-bad rect { fill: #fde4e4; stroke: #d03c3c; } .tone-unknown rect, .tone-aside rect { fill: #f1f2f5; stroke: #9aa2b1; }
.tone-aside rect { stroke-dasharray: 5 4; }
@media (prefers-color-scheme: dark) {
.reprise-graph { --ink: #e8ebf1; --line: #7d8798; --back: #14171d; }
.stage-0 rect { fill: #1b2a42; } .stage-1 rect { fill: #18301f; } .stage-2 rect { fill: #392a10; }
.stage-3 rect { fill: #2d1e3c; } .stage-4 rect { fill: #3b1c21; } .stage-5 rect { fill: #123033; }
.tone-good rect { fill: #14301c; } .tone-close rect { fill: #332c0e; } .tone-bad rect { fill: #3d1717; }
.tone-unknown rect, .tone-aside rect { fill: #22262e; }
}`;
