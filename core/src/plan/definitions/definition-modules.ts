import { fileName } from "../../text/file-name.ts";
import { at, type Bench, kept } from "../bench.ts";
import { moduleName } from "../names.ts";
import { codeUse } from "../parameters/parameters.ts";
import type { DefinitionModule, Lift, NamedLambda } from "../plan.ts";
import { runFiles } from "../run-files.ts";
import type { ModuleDefinition } from "./definitions.ts";
import { functionUses } from "./name-uses.ts";

/** The module of the notebook's functions, classes and constants; none where there are none. `stages`: names that are taken. */
export function definitionModules(
  bench: Bench,
  definitions: readonly ModuleDefinition[],
  stages: readonly string[],
  named: readonly NamedLambda[],
): readonly DefinitionModule[] {
  const statements = at(bench, "definition", "constant").map(({ id }) => id);
  if (statements.length === 0 && named.length === 0) return [];
  const hasDefinitions = definitions.length > 0 || named.length > 0;
  return [
    {
      ...(fromOneFile(bench, stages) ?? {
        name: hasDefinitions ? "definitions" : "constants",
        title: hasDefinitions ? "Functions and classes of the notebook" : "Constants of the notebook",
      }),
      statements,
      lifts: liftsOf(bench, definitions),
      ...(named.length === 0 ? {} : { named }),
    },
  ];
}

/** Where all of them come from one file that the notebook runs, they keep its name. */
function fromOneFile(bench: Bench, stages: readonly string[]): Pick<DefinitionModule, "name" | "title"> | undefined {
  const all = new Set(at(bench, "definition", "constant"));
  const [file, ...others] = runFiles(bench).filter(({ facts }) => facts.some((each) => all.has(each)));
  if (all.size === 0 || file === undefined || others.length > 0 || ![...all].every((each) => file.facts.includes(each)))
    return undefined;
  const { path } = file.inclusion;
  const stem = fileName(path).replace(/\.\w+$/, "");
  const name = moduleName(stem, "definitions", (each) => stages.includes(each));
  return name === stem ? { name, title: `What ${path} defines` } : undefined;
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
