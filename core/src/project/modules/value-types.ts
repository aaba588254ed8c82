import { artifactOf } from "../artifact-table.ts";
import type { ProjectContext } from "../context.ts";
import { isShellList } from "../edits/shell-lists.ts";
import { type Annotation, annotateKnown, annotateObserved } from "./annotation.ts";

/** A name, and the type that is written for its value. */
export interface TypedName {
  readonly name: string;
  readonly annotation: Annotation;
}

/** What only a type checker imports: what the notebook never does. */
export function typeImports(annotations: readonly Annotation[]): readonly string[] {
  const imports = [...new Set(annotations.flatMap(({ typeImports: needed = [] }) => needed))].sort();
  return imports.length === 0 ? [] : ["", "if TYPE_CHECKING:", ...imports.map((text) => `    ${text}`)];
}

/** What the value of that name is that a stage hands on: as it was seen, as the plan says, or as the analysis knows. */
export function typeOf(context: ProjectContext, from: string, name: string): Annotation {
  const seen = context.observation?.values[from]?.[name]?.type;
  if (seen !== undefined) return annotateObserved(seen, context.imports, context.definitions);
  const { plan, dataflow, imports, definitions } = context;
  const planned = artifactOf(plan, from, name).types[name];
  const last = plan.stages.find((stage) => stage.name === from)?.statements.at(-1);
  const value = last === undefined ? undefined : dataflow.valueAfter(last, name);
  if (value !== undefined && isShellList(dataflow, value)) return annotateKnown(undefined, [], imports, definitions);
  const known = value?.type;
  const [, ...held] = last === undefined || (planned ?? known) !== known ? [] : dataflow.heldAfter(last, name);
  return annotateKnown(
    planned ?? known,
    held.map(({ type }) => type),
    imports,
    definitions,
  );
}
