import { at, type Bench, kept } from "./bench.ts";
import type { ModuleDefinition } from "./definitions.ts";
import { callsOf } from "./name-uses.ts";
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
      lifts: definitions.filter(({ lifted }) => lifted.length > 0).map((each) => liftOf(bench, each)),
    },
  ];
}

function liftOf(bench: Bench, { name, lifted }: ModuleDefinition): Lift {
  const calls = kept(bench).flatMap((facts) =>
    callsOf(facts.statement.node, name).calls.map((call) => codeUse(bench, facts, call)),
  );
  return { function: name, globals: lifted, calls };
}
