import { globalNames } from "../../python/scopes.ts";
import type { Bench } from "../bench.ts";
import type { Facts } from "../facts.ts";

/** The global names that what a statement defines reads when it is called: a function, a class, a lambda with a name. */
export function laterReads(bench: Bench, facts: Facts): readonly string[] {
  const definition = bench.definitionsById.get(facts.id);
  if (definition !== undefined) return definition.freeReads;
  if (!bench.localDefinitions.has(facts)) return [];
  return [...globalNames(facts.statement.node)].filter((name) => !facts.binds.has(name));
}
