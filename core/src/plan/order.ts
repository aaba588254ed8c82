import type { Dataflow } from "../dataflow/model.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { PlanOptions } from "./options.ts";
import type { PipelinePlan } from "./plan.ts";

/**
 * The order of cells that a plan follows, and why: the document's, unless most cells were run and what was run would find
 * names undefined in it. What never ran has no say.
 */
export function chooseOrder(
  { document, recorded }: Analysis,
  options: PlanOptions,
): { readonly dataflow: Dataflow; readonly why: string } {
  if (recorded === undefined || options.order === "document")
    return { dataflow: document, why: "the order of the document" };
  if (options.order === "recorded")
    return { dataflow: recorded, why: "the order in which the cells were run, as asked" };
  const ran = new Set(recorded.order);
  if (2 * ran.size >= document.order.length && undefinedIn(recorded, ran) < undefinedIn(document, ran)) {
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

/** How often these cells read a name that nothing before them defines. */
function undefinedIn(dataflow: Dataflow, cells: ReadonlySet<number>): number {
  let count = 0;
  for (const { id, cell } of dataflow.statements)
    if (cells.has(cell)) count += dataflow.undefinedReads(id).filter(({ certainty }) => certainty === "must").length;
  return count;
}
