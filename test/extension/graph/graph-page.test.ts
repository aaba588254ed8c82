import assert from "node:assert/strict";
import { test } from "node:test";
import { drawn } from "../../../extension/src/graph/drawn-graph.ts";
import { graphPage } from "../../../extension/src/graph/graph-page.ts";

const edge = { from: "a", to: "b", kind: "value", name: "df", certainty: "must" } as const;

test("nothing that a notebook says can run or be loaded in the page", () => {
  const title = '</title><script>alert(1)</script><img src=x onerror="alert(1)">';
  const page = graphPage({
    title,
    by: "cell",
    nonce: "N0NCE",
    graph: drawn({
      nodes: [
        { id: "a", cell: 1, title },
        { id: "b", cell: 2, title: "b", detail: title },
      ],
      edges: [{ ...edge, name: title }],
    }),
  });
  assert.equal([...page.matchAll(/<script\b/g)].length, 1);
  assert.ok(!page.includes("<img"));
  for (const [tag] of page.matchAll(/<(script|style)\b[^>]*>/g)) assert.ok(tag.includes('nonce="N0NCE"'), tag);
  assert.match(page, /default-src 'none'; style-src 'nonce-N0NCE'; script-src 'nonce-N0NCE'/);
});

test("nodes lead to their cells, stages to their first one", () => {
  const stage = (id: string, detail?: string) => ({ id, title: id, stage: id, ...(detail ? { detail } : {}) });
  const view = { nodes: [stage("ingest", "cells 3 to 5, 9"), stage("empty")], edges: [] };
  assert.ok(graphPage({ title: "g", by: "stage", nonce: "n", graph: drawn(view) }).includes("const cells = [3,null];"));
});

test("where there is no graph, the page says why", () => {
  const page = graphPage({
    title: "g",
    by: "stage",
    nonce: "n",
    graph: { drawing: "", cells: [], message: "Cell 3: `x` < y" },
  });
  assert.ok(page.includes("Cell 3: `x` &#60; y"));
  assert.ok(!page.includes("<svg"));
});
