import { scopesBelow, scopesOfStatement } from "../python/scopes.ts";
import { at, type Bench, kept } from "./bench.ts";
import { type Facts, produces } from "./facts.ts";
import type { HiddenBinding } from "./hidden-bindings.ts";
import { unsavableAfter } from "./unsavable.ts";

/**
 * Iterators that the notebook makes and goes through nowhere, and what statements behind them do to the names that they
 * will read: `rows = (v + step for v in values)` has no value of `step` yet, it takes the one of the time when somebody
 * goes through it. No other process has that time before it. Where the notebook itself goes through an iterator, the
 * dataflow knows what is read there.
 */
export function lateReads(bench: Bench): readonly HiddenBinding[] {
  const all = kept(bench);
  return at(bench, "work").flatMap((maker) => {
    const names = [...maker.binds.keys()].filter((name) => isLeftAlone(bench, all, maker, name));
    if (names.length === 0) return [];
    return readLate(bench, maker).flatMap((name) => {
      const last = all.findLast((facts) => facts.position > maker.position && produces(facts, name));
      return last === undefined ? [] : [{ from: maker.id, to: last.id, name }];
    });
  });
}

/** Whether a name holds an iterator to the end that no statement behind its maker reads. */
function isLeftAlone(bench: Bench, all: readonly Facts[], maker: Facts, name: string): boolean {
  const isUsed = all.some(
    ({ position, reads, binds, deletes }) =>
      position > maker.position && (reads.has(name) || binds.get(name) === "must" || deletes.has(name)),
  );
  return !isUsed && unsavableAfter(bench, name, maker.id) === "an iterator";
}

/** The global names in generator expressions and lambdas of a statement, and in the notebook's functions that it calls. */
function readLate(bench: Bench, { statement }: Facts): readonly string[] {
  const inside = [...scopesBelow(scopesOfStatement(statement.node))].flatMap(({ names }) =>
    [...names].flatMap(([name, use]) => (use.home === "global" ? [name] : [])),
  );
  const called = new Set(statement.calls.map(({ callee }) => callee));
  const ofFunctions = bench.dataflow.definitions
    .filter(({ name }) => called.has(`notebook.${name}`))
    .flatMap(({ freeReads }) => freeReads);
  return [...new Set([...inside, ...ofFunctions])];
}
