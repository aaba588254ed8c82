import type { DefinitionModule, PipelinePlan } from "../../plan/plan.ts";
import { isDefinition } from "../../python/definition.ts";
import type { NotebookSource, SourcedStatement } from "../notebook-source.ts";

/** The module that each definition of the notebook moves to, by name. */
export function definitionHomes(plan: PipelinePlan, source: NotebookSource): ReadonlyMap<string, string> {
  return new Map(
    plan.modules.flatMap((module) => definedNames(module, source).map((name) => [name, module.name] as const)),
  );
}

/** What a module of definitions has. */
export function definedNames(module: DefinitionModule, source: NotebookSource): readonly string[] {
  const named = (module.named ?? []).map((each) => each.function);
  return [...new Set([...module.statements.flatMap((id) => boundBy(source.statement(id))), ...named])];
}

/** The global names that a statement binds. */
export function boundBy({ statement }: SourcedStatement): readonly string[] {
  const { node } = statement;
  if (isDefinition(node)) return [node.name.name];
  const bound = statement.accesses.filter((access) => access.kind === "bind" && access.place.path.length === 0);
  return [...new Set(bound.map((access) => access.place.name))];
}
