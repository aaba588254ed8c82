import { globalNames } from "../../python/scopes.ts";
import type { Bench } from "../bench.ts";
import type { Facts } from "../facts.ts";

/**
 * The global names that what a statement defines reads when it is called: a function, a class, a lambda with a name. Of
 * what stays in a stage also those that functions inside of it name, whether the notebook calls them or not: the stage
 * has them, or nobody has.
 */
export function laterReads(bench: Bench, facts: Facts): readonly string[] {
  const own = bench.definitionsById.get(facts.id)?.freeReads ?? [];
  if (!bench.localDefinitions.has(facts)) return own;
  const named = [...globalNames(facts.statement.node)].filter((name) => !facts.binds.has(name));
  return [...new Set([...own, ...named])];
}
