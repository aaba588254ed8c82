import { analyseDataflow } from "../dataflow/analyse.ts";
import { candidateOrders } from "../orders/candidate-orders.ts";
import type { Order } from "../orders/order.ts";
import { doubtfulReads, unboundNames } from "../orders/unbound-names.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { Fix } from "../rules/finding.ts";
import type { Fixer } from "./fixer.ts";

/** Puts the cells in the best order that the record and the names tell of, where that is better than the document's. */
export const cellOrder: Fixer = (analysis, finding) => {
  const known = fixes.get(analysis);
  const fix = known === undefined ? orderFix(analysis, finding.rule === "NB104") : known;
  fixes.set(analysis, fix ?? null);
  return fix ?? undefined;
};

const fixes = new WeakMap<Analysis, Fix | null>();

function orderFix(analysis: Analysis, diverges: boolean): Fix | undefined {
  const all = analysis.document.cells.map(({ cell }) => cell.index);
  const { document, versions = {} } = analysis;
  const now = unboundNames(document).length;
  const doubtful = doubtfulReads(document);
  const [best] = candidateOrders(analysis)
    // A document can hold each cell once only.
    .filter(({ kind }) => kind !== "repeated")
    .map((candidate) => ({ candidate, order: completed(candidate, all) }))
    .filter(({ order }) => order.join() !== all.join())
    .map((one) => {
      const dataflow = analyseDataflow(document.cells, { ...document.world, order: one.order, versions });
      return { ...one, unbound: unboundNames(dataflow).length, doubtful: doubtfulReads(dataflow) };
    })
    .filter(
      (one) =>
        one.unbound < now ||
        (one.unbound === now && (one.doubtful < doubtful || (diverges && isRecorded.has(one.candidate.kind)))),
    )
    .sort(
      (one, other) =>
        one.unbound - other.unbound ||
        one.doubtful - other.doubtful ||
        one.candidate.inversions - other.candidate.inversions,
    );
  return best && orderInto(best.order, best.candidate);
}

/** Orders that the record itself gives. */
const isRecorded: ReadonlySet<Order["kind"]> = new Set(["recorded", "sessions"]);

/** The fix that puts the code cells in an order. */
export function orderInto(order: readonly number[], { title }: Pick<Order, "title">): Fix {
  return { id: "order-cells", title: `Put the cells in ${title}`, edits: [], cells: [{ kind: "order", order }] };
}

/** An order with the cells that it leaves out, each behind the cell that stands above it in the document. */
export function completed({ cells }: Pick<Order, "cells">, all: readonly number[]): readonly number[] {
  const order = [...cells];
  for (const [position, index] of all.entries()) {
    if (order.includes(index)) continue;
    const above = all[position - 1];
    order.splice(above === undefined ? 0 : order.indexOf(above) + 1, 0, index);
  }
  return order;
}
