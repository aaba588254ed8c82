import { boundNames } from "../../dataflow/names/local-names.ts";
import { walk } from "../../python/walk.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import type { Preamble } from "./shadowed-names.ts";

/**
 * Names that only functions bind (`global model`): `nonlocal` needs a variable of the stage's function to speak of, so
 * each is declared there, without a value, as it had none in the notebook.
 */
export function declaredGlobals(
  statements: readonly SourcedStatement[],
  variables: ReadonlySet<string>,
  inputs: ReadonlySet<string>,
): Preamble {
  const bound = boundNames(statements.map(({ statement }) => statement.node));
  const names = new Set<string>();
  for (const { statement } of statements) {
    for (const { node } of walk(statement.node)) {
      if (node.type !== "Global" || node === statement.node) continue;
      if (!node.names.every(({ name }) => variables.has(name))) continue;
      for (const { name } of node.names) if (!bound.has(name) && !inputs.has(name)) names.add(name);
    }
  }
  return {
    lines: [...names].map((name) => `${name}: Any`),
    imports: names.size === 0 ? [] : ["from typing import Any"],
  };
}
