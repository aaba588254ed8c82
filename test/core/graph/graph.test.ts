import assert from "node:assert/strict";
import { test } from "node:test";
import { svg } from "../../../core/src/graph/svg.ts";
import { dot, mermaid } from "../../../core/src/graph/text-formats.ts";
import type { GraphView } from "../../../core/src/graph/view.ts";
import { cellList } from "../../../core/src/text/cell-list.ts";

const view: GraphView = {
  nodes: [
    { id: "c1", cell: 1, title: 'df = pd.read_csv("a.csv")', stage: "ingest" },
    { id: "c2", cell: 2, title: "<script>alert(1)</script>", stage: "train", detail: "cells 2 to 4" },
  ],
  edges: [
    { from: "c1", to: "c2", kind: "value", name: "df", certainty: "must" },
    { from: "c1", to: "c2", kind: "change", name: "X", certainty: "may" },
  ],
};

test("mermaid keeps quotes and brackets of titles from ending a node", () => {
  assert.equal(
    mermaid(view),
    [
      "flowchart TD",
      '  n0["df = pd.read_csv(#34;a.csv#34;)"]',
      '  n1["#60;script#62;alert(1)#60;/script#62;<br/>cells 2 to 4"]',
      '  n0 -->|"df, X"| n1',
      "",
    ].join("\n"),
  );
});

test("dot draws what may be needed with dashes", () => {
  assert.match(dot(view), /"c1" -> "c2" \[label="X", style=dashed\];/);
});

test("a drawing holds every node and edge name, and no markup of theirs", () => {
  const drawing = svg(view);
  assert.doesNotMatch(drawing, /<script/);
  assert.match(drawing, /&#60;script&#62;/);
  assert.match(drawing, />df, X</);
  assert.equal(drawing.match(/<rect /g)?.length, 2);
});

test("an empty graph is a drawing too", () => {
  assert.match(svg({ nodes: [], edges: [] }), /^<svg [^>]+>/);
});

/** A chain with shortcuts: what cells of a long notebook look like. */
function longView(count: number): GraphView {
  const nodes = Array.from({ length: count }, (_, at) => ({
    id: `c${at}`,
    cell: at,
    title: `x${at} = x${at - 1} + 1`,
  }));
  const edges = nodes.flatMap(({ id }, at) =>
    [1, 7].flatMap((step) => {
      const from = nodes[at - step];
      return from ? [{ from: from.id, to: id, kind: "value", name: "x", certainty: "must" } as const] : [];
    }),
  );
  return { nodes, edges };
}

test("thousands of cells are drawn in rows, each below what it needs", () => {
  const view = longView(5000);
  const drawing = svg(view);
  assert.equal(drawing.match(/<rect /g)?.length, 5000);
  const tops = [...drawing.matchAll(/<rect x="[^"]+" y="([^"]+)"/g)].map(([, y]) => Number(y));
  assert.ok(tops.every((top, at) => at === 0 || top > (tops[at - 1] as number)));
});

test("a node with very many cells is no wider than its words may be long", () => {
  const cells = cellList(Array.from({ length: 900 }, (_, at) => at * 2));
  const drawing = svg({ nodes: [{ id: "a", title: "ingest", detail: cells }], edges: [] });
  assert.ok(Number(/width="(\d+)"/.exec(drawing)?.[1]) < 500);
  assert.ok(drawing.includes("1798"), "the tooltip has them all");
});
