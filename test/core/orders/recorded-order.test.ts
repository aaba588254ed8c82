import assert from "node:assert/strict";
import { test } from "node:test";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { recordedOrder } from "../../../core/src/orders/recorded-order.ts";

function order(...counts: readonly (number | null | "text" | "blank")[]) {
  const cells = counts.map((count) => ({
    cell_type: count === "text" ? "markdown" : "code",
    source: count === "blank" ? " \n" : "x",
    ...(typeof count === "number" ? { execution_count: count } : {}),
  }));
  return recordedOrder(
    readNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: {}, cells }), "made.ipynb"),
  );
}

test("the recorded order is that of the counts, and names cells by their index in the file", () => {
  assert.deepEqual(order("text", 3, 1, "text", 2), [2, 4, 1]);
});

test("there is none where no cell ran, or where the counts give the document's order", () => {
  assert.equal(order(null, null), undefined);
  assert.equal(order(1, "text", 4, 9, "blank"), undefined);
  assert.equal(order(), undefined);
});

test("cells that never ran are left out, blank ones not missed", () => {
  assert.deepEqual(order(1, null, 2), [0, 2]);
  assert.deepEqual(order(2, "blank", 1), [2, 0]);
});

test("of two cells with one count, from two sessions, the upper one comes first", () => {
  assert.deepEqual(order(2, 1, 2, 1), [1, 3, 0, 2]);
});
