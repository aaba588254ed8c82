import { type Bench, bindersOf, kept } from "./bench.ts";
import type { Facts } from "./facts.ts";
import { literalOf } from "./parameters/literal.ts";
import { assignedName } from "./statement-kinds.ts";

/** Names that hold one literal throughout, and the statement that binds each: bound once, never changed or deleted. */
export function literalNames(bench: Bench): ReadonlyMap<string, Facts> {
  const literals = new Map<string, Facts>();
  for (const [name, [facts, ...others]] of bindersOf(bench)) {
    const assigned = others.length > 0 || facts === undefined ? undefined : assignedName(facts.statement.node);
    if (facts !== undefined && assigned !== undefined && literalOf(assigned.value) !== undefined)
      literals.set(name, facts);
  }
  for (const { changes, changesToo, deletes } of kept(bench))
    for (const name of [...changes, ...changesToo, ...deletes]) literals.delete(name);
  return literals;
}
