import type { GraphEdge, GraphView } from "./view.ts";

/** A Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html). */
export function mermaid(view: GraphView): string {
  const ids = new Map(view.nodes.map((node, at) => [node.id, `n${at}`]));
  const lines = ["flowchart TD"];
  for (const node of view.nodes) {
    const detail = node.detail ? `<br/>${mermaidText(node.detail)}` : "";
    lines.push(`  ${ids.get(node.id)}["${mermaidText(node.title)}${detail}"]`);
  }
  for (const [pair, edges] of pairs(view)) {
    const [from, to] = pair.split("\n") as [string, string];
    const names = mermaidText([...new Set(edges.map((edge) => edge.name))].join(", "));
    const arrow = edges.some((edge) => edge.certainty === "must") ? "-->" : "-.->";
    lines.push(`  ${ids.get(from)} ${arrow}|"${names}"| ${ids.get(to)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Graphviz (https://graphviz.org/doc/info/lang.html). */
export function dot(view: GraphView): string {
  const lines = ["digraph notebook {", '  node [shape=box, fontname="sans-serif"];'];
  for (const node of view.nodes) {
    lines.push(`  ${JSON.stringify(node.id)} [label=${JSON.stringify(node.title)}];`);
  }
  for (const edge of view.edges) {
    const style = edge.certainty === "may" ? ", style=dashed" : "";
    lines.push(
      `  ${JSON.stringify(edge.from)} -> ${JSON.stringify(edge.to)} [label=${JSON.stringify(edge.name)}${style}];`,
    );
  }
  return `${[...lines, "}"].join("\n")}\n`;
}

/** Edges grouped by their two ends, `from` and `to` joined by a line break. */
export function pairs(view: GraphView): ReadonlyMap<string, readonly GraphEdge[]> {
  return Map.groupBy(view.edges, (edge) => `${edge.from}\n${edge.to}`);
}

/** Mermaid takes entities inside quotes, so that no title can end its node or begin HTML. */
function mermaidText(text: string): string {
  return text.replace(/["<>&#;`\n\\]/g, (character) => `#${character.charCodeAt(0)};`);
}
