import type { Access, CallSite, Dataflow, Statement } from "../dataflow/model.ts";

/**
 * The cells of which another run starts from what their last run left: `x += 1`, `rows.append(x)`. Those that change
 * something into the same again (a model that is fitted, a table that is sorted) are none.
 */
export function cellsThatBuildOnThemselves({ cells }: Dataflow): ReadonlySet<number> {
  const found = cells.filter(({ statements }) => {
    const made = new Set<string>();
    return statements.some((statement) => {
      const builds = buildsOn(statement, made);
      for (const { kind, place, certainty } of statement.accesses) {
        if (kind === "bind" && place.path.length === 0 && certainty === "must") made.add(place.name);
      }
      return builds;
    });
  });
  return new Set(found.map(({ cell }) => cell.index));
}

/** Whether a statement makes something of what was there before its cell; `made` is what the cell has bound above it. */
function buildsOn(statement: Statement, made: ReadonlySet<string>): boolean {
  const outside = statement.accesses.filter(({ place, certainty }) => certainty === "must" && !made.has(place.name));
  const isRead = ({ place }: Access) =>
    outside.some((other) => other.kind === "read" && isSamePlace(other.place, place));
  return outside.some((access) => {
    if (access.kind === "bind") return isRead(access);
    if (access.kind !== "change") return false;
    if (access.through !== undefined || statement.node.type === "AugAssign") return true;
    const calls = statement.calls.filter(({ receiver }) => receiver === access.place.name);
    return calls.length > 0 ? calls.some(changesAnew) : isRead(access);
  });
}

function isSamePlace(one: Access["place"], other: Access["place"]): boolean {
  const text = ({ name, path }: Access["place"]) => [name, ...path.map((step) => step.name)].join(".");
  return text(one) === text(other);
}

/** A call that changes what receives it, into something else each time as far as is known. */
function changesAnew({ effect, role }: CallSite): boolean {
  if (role !== undefined) return false;
  return effect === undefined || effect.changes.some(({ argument, idempotent }) => argument === "self" && !idempotent);
}
