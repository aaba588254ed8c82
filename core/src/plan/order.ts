import type { Dataflow } from "../dataflow/model.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { PlanOptions } from "./options.ts";
import type { PipelinePlan } from "./plan.ts";
import { without } from "./without.ts";

/**
 * The order of cells that a plan follows, and why: the document's, unless most cells were run, and fewer names are
 * undefined in the order in which they were.
 */
export function chooseOrder(
  { document, recorded }: Analysis,
  options: PlanOptions,
): { readonly dataflow: Dataflow; readonly why: string } {
  if (recorded === undefined || options.order === "document")
    return { dataflow: document, why: "the order of the document" };
  if (options.order === "recorded")
    return { dataflow: recorded, why: "the order in which the cells were run, as asked" };
  // Of a notebook whose counts were cleared but for a few, they say nothing.
  const mostRan = 2 * new Set(recorded.order).size >= document.order.length;
  if (mostRan && undefinedIn(recorded) < undefinedIn(document)) {
    return {
      dataflow: recorded,
      why: "the order in which the cells were run: from top to bottom, names would be used before they are defined",
    };
  }
  return { dataflow: document, why: "the order of the document" };
}

/** What the analysis knows of a notebook in the order that a plan follows, without what it leaves out. */
export function dataflowOf(
  { order, leftOut }: Pick<PipelinePlan, "order" | "leftOut">,
  { document, recorded }: Analysis,
): Dataflow {
  const dataflow = recorded?.order.join() === order.cells.join() ? recorded : document;
  return without(dataflow, new Set(leftOut.map(({ statement }) => statement)));
}

/** How often a statement reads a name that nothing before it defines. */
function undefinedIn(dataflow: Dataflow): number {
  let count = 0;
  for (const { undefinedReads } of dataflow.statements)
    count += undefinedReads.filter(({ certainty }) => certainty === "must").length;
  return count;
}
