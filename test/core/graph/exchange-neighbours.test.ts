import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { exchangeNeighbours } from "../../../core/src/graph/exchange-neighbours.ts";

type Edge = readonly [from: string, to: string];

function exchanged(rows: readonly (readonly string[])[], edges: readonly Edge[]): string[][] {
  const ordered = rows.map((row) => [...row]);
  exchangeNeighbours(ordered, {
    above: (name) => edges.flatMap(([from, to]) => (to === name ? [from] : [])),
    below: (name) => edges.flatMap(([from, to]) => (from === name ? [to] : [])),
  });
  return ordered;
}

/** Every pair of edges between two rows that cross. */
function crossings(rows: readonly (readonly string[])[], edges: readonly Edge[]): number {
  const places = new Map(rows.flatMap((row) => row.map((name, at) => [name, at] as const)));
  const rowOf = new Map(rows.flatMap((row, at) => row.map((name) => [name, at] as const)));
  const at = (name: string) => places.get(name) ?? 0;
  return edges.reduce((sum, [from, to], index) => {
    const others = edges.slice(index + 1).filter(([start]) => rowOf.get(start) === rowOf.get(from));
    return sum + others.filter(([start, end]) => (at(from) - at(start)) * (at(to) - at(end)) < 0).length;
  }, 0);
}

test("two nodes whose lines cross change places", () => {
  const edges: Edge[] = [
    ["train", "scores"],
    ["train", "model"],
    ["model", "submission"],
    ["scores", "evaluate"],
  ];
  const rows = [["train"], ["scores", "model"], ["submission", "evaluate"]];
  assert.equal(crossings(exchanged(rows, edges), edges), 0);
});

test("every row keeps its nodes, and never do more lines cross than before", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 });
  const graphs = sizes.chain((counts) => {
    const rows = counts.map((count, row) => Array.from({ length: count }, (_, at) => `${row}.${at}`));
    const possible = rows
      .slice(1)
      .flatMap((row, at) => (rows[at] ?? []).flatMap((from) => row.map((to): Edge => [from, to])));
    return fc.record({ rows: fc.constant(rows), edges: fc.subarray(possible) });
  });
  fc.assert(
    fc.property(graphs, ({ rows, edges }) => {
      const after = exchanged(rows, edges);
      assert.deepEqual(
        after.map((row) => row.toSorted()),
        rows.map((row) => row.toSorted()),
      );
      assert.ok(crossings(after, edges) <= crossings(rows, edges));
    }),
  );
});
