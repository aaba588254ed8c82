import { scopesBelow, scopesOfStatement } from "../python/scopes.ts";
import { goesThrough } from "./gone-through.ts";
import type { Access, Dataflow, Statement } from "./model.ts";
import { isIterator } from "./objects/objects.ts";

/**
 * The global names that an iterator will read when somebody goes through what is left of it, where nothing in the
 * notebook does: `rows = (v + step for v in values)` has no value of `step` yet, it takes the one of the time, and
 * `next(rows)` reads it for one row alone. Empty where `name`, which the statement binds, holds something else, or where a
 * later statement goes through it to the end, binds or deletes it: that has read its names, and has edges for it.
 */
export function lateReads(dataflow: Dataflow, maker: Statement, name: string): readonly string[] {
  const value = dataflow.valueAfter(maker.id, name);
  if (value === undefined || !isIterator(value) || isNoMore(dataflow, maker, name)) return [];
  const inside = [...scopesBelow(scopesOfStatement(maker.node))].flatMap(({ names }) =>
    [...names].flatMap(([each, use]) => (use.home === "global" ? [each] : [])),
  );
  const called = new Set(maker.calls.map(({ callee }) => callee));
  const ofFunctions = dataflow.definitions
    .filter((definition) => called.has(`notebook.${definition.name}`))
    .flatMap(({ freeReads }) => freeReads);
  return [...new Set([...inside, ...ofFunctions])];
}

/** Whether nothing of it is left at the end of the notebook, or nobody can have it by this name. */
function isNoMore({ statements }: Dataflow, maker: Statement, name: string): boolean {
  const isLost = ({ kind, certainty }: Access) => kind === "delete" || (kind === "bind" && certainty === "must");
  return statements.slice(statements.indexOf(maker) + 1).some(({ accesses, node }) => {
    const own = accesses.filter(({ place }) => place.name === name);
    return own.some(isLost) || (own.some(({ kind }) => kind === "read") && goesThrough(node, name));
  });
}
