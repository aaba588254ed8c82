import { lateReads } from "../dataflow/late-reads.ts";
import { at, type Bench, kept } from "./bench.ts";
import { produces } from "./facts.ts";
import type { HiddenBinding } from "./hidden-bindings.ts";

/**
 * Iterators that the notebook makes and goes through nowhere, and the last statement behind each that gives a name which
 * it will read another value: no other process has that value before it.
 */
export function lateIterators(bench: Bench): readonly HiddenBinding[] {
  const all = kept(bench);
  return at(bench, "work").flatMap(({ id, position, statement, binds }) =>
    [...binds.keys()]
      .flatMap((iterator) => lateReads(bench.dataflow, statement, iterator))
      .flatMap((name) => {
        const last = all.findLast((facts) => facts.position > position && produces(facts, name));
        return last === undefined ? [] : [{ from: id, to: last.id, name }];
      }),
  );
}
