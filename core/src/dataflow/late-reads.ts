import { scopesBelow, scopesOfStatement } from "../python/scopes.ts";
import type { Access, Dataflow, Statement } from "./model.ts";
import { isIterator } from "./objects/objects.ts";

/**
 * The global names that an iterator will read when somebody goes through it, where nothing in the notebook does:
 * `rows = (v + step for v in values)` has no value of `step` yet, it takes the one of the time. Empty where `name`, which
 * the statement binds, holds something else, or where a later statement reads, binds or deletes it: what the notebook
 * itself goes through has read its names there, and has edges for it.
 */
export function lateReads(dataflow: Dataflow, maker: Statement, name: string): readonly string[] {
  const value = dataflow.valueAfter(maker.id, name);
  if (value === undefined || !isIterator(value) || isUsedAfter(dataflow, maker, name)) return [];
  const inside = [...scopesBelow(scopesOfStatement(maker.node))].flatMap(({ names }) =>
    [...names].flatMap(([each, use]) => (use.home === "global" ? [each] : [])),
  );
  const called = new Set(maker.calls.map(({ callee }) => callee));
  const ofFunctions = dataflow.definitions
    .filter((definition) => called.has(`notebook.${definition.name}`))
    .flatMap(({ freeReads }) => freeReads);
  return [...new Set([...inside, ...ofFunctions])];
}

/** A change alone is none of the iterator itself: of what it will go through. */
function isUsedAfter({ statements }: Dataflow, maker: Statement, name: string): boolean {
  const uses = ({ kind, certainty }: Access) =>
    kind === "read" || kind === "delete" || (kind === "bind" && certainty === "must");
  return statements
    .slice(statements.indexOf(maker) + 1)
    .some(({ accesses }) => accesses.some((access) => access.place.name === name && uses(access)));
}
