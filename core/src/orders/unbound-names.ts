import type { Dataflow } from "../dataflow/model.ts";
import { append } from "../text/append.ts";
import type { UnboundName } from "./order.ts";

/** Names that cells surely read before anything in the dataflow's order has bound them; each once for a cell. */
export function unboundNames(dataflow: Dataflow): readonly UnboundName[] {
  const found = new Map<string, UnboundName>();
  for (const { cell, undefinedReads } of dataflow.statements) {
    for (const { place, certainty } of undefinedReads) {
      if (certainty === "must") found.set(`${cell} ${place.name}`, { cell, name: place.name });
    }
  }
  return [...found.values()];
}

/** How many reads may find their name unbound. */
export function doubtfulReads(dataflow: Dataflow): number {
  return dataflow.statements.reduce(
    (sum, { undefinedReads }) => sum + undefinedReads.filter(({ certainty }) => certainty === "may").length,
    0,
  );
}

/** The cells that bind a global name on every path, in the order of the document. */
export function bindersOf(dataflow: Dataflow): ReadonlyMap<string, readonly number[]> {
  const binders = new Map<string, number[]>();
  for (const { cell, statements } of dataflow.cells) {
    const names = statements.flatMap(({ accesses }) =>
      accesses
        .filter(({ kind, place, certainty }) => kind === "bind" && place.path.length === 0 && certainty === "must")
        .map(({ place }) => place.name),
    );
    for (const name of new Set(names)) {
      append(binders, name, cell.index);
    }
  }
  return binders;
}
