import type { Dataflow } from "../dataflow/model.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { PlanOptions } from "./options.ts";
import type { PipelinePlan } from "./plan.ts";

/** The order of cells that a plan follows, and why. */
export function chooseOrder(
  { document, recorded }: Analysis,
  options: PlanOptions,
): { readonly dataflow: Dataflow; readonly why: string } {
  if (recorded === undefined || options.order === "document")
    return { dataflow: document, why: "the order of the document" };
  if (options.order === "recorded")
    return { dataflow: recorded, why: "the order in which the cells were run, as asked" };
  const below = undefinedCount(document);
  const asRun = undefinedCount(recorded);
  if (asRun < below) {
    return {
      dataflow: recorded,
      why: "the order in which the cells were run: from top to bottom, names would be used before they are defined",
    };
  }
  return { dataflow: document, why: "the order of the document" };
}

/** What the analysis knows of a notebook in the order that a plan follows. */
export function dataflowOf({ order }: Pick<PipelinePlan, "order">, { document, recorded }: Analysis): Dataflow {
  return recorded?.order.join() === order.cells.join() ? recorded : document;
}

function undefinedCount(dataflow: Dataflow): number {
  let count = 0;
  for (const { id } of dataflow.statements) {
    count += dataflow.undefinedReads(id).filter(({ certainty }) => certainty === "must").length;
  }
  return count;
}
