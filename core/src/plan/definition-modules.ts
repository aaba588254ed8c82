import { at, type Bench, kept } from "./bench.ts";
import type { ModuleDefinition } from "./definitions.ts";
import { functionUses } from "./name-uses.ts";
import { codeUse } from "./parameters.ts";
import type { DefinitionModule, Lift } from "./plan.ts";

/** The module of the notebook's functions, classes and constants; none where there are none. */
export function definitionModules(bench: Bench, definitions: readonly ModuleDefinition[]): readonly DefinitionModule[] {
  const statements = at(bench, "definition", "constant").map(({ id }) => id);
  if (statements.length === 0) return [];
  const hasDefinitions = definitions.length > 0;
  return [
    {
      name: hasDefinitions ? "definitions" : "constants",
      title: hasDefinitions ? "Functions and classes of the notebook" : "Constants of the notebook",
      statements,
      lifts: liftsOf(bench, definitions),
    },
  ];
}

function liftsOf(bench: Bench, definitions: readonly ModuleDefinition[]): Lift[] {
  const lifted = definitions.filter((each) => each.lifted.length > 0);
  const uses = functionUses(kept(bench), new Set(lifted.map(({ name }) => name)));
  return lifted.map(({ name, lifted: globals }) => ({
    function: name,
    globals,
    calls: (uses.get(name)?.calls ?? []).map(({ facts, call }) => codeUse(bench, facts, call)),
  }));
}
