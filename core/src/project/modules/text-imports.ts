import { namesIn } from "../../plan/definitions/names-in-texts.ts";
import type { ProjectContext } from "../context.ts";
import type { SourcedStatement } from "../notebook-source.ts";

/**
 * The names that only texts name, among all that the statements of a module read; where nobody sees the texts
 * (`isOpen`), every name that imports and definitions bind may be one.
 */
export function onlyInTexts(
  context: ProjectContext,
  statements: readonly SourcedStatement[],
  isOpen: boolean,
): ReadonlySet<string> {
  const inTexts = new Set(
    isOpen
      ? [...context.imports.bound, ...context.definitions.keys()]
      : statements.flatMap(({ statement }) => [...context.namesInTexts.of(statement)]),
  );
  if (inTexts.size === 0) return inTexts;
  for (const { statement } of statements) for (const name of namesIn(statement.node)) inTexts.delete(name);
  return inTexts;
}

/** Imports that a linter would take for unused, because only a text needs them; one of everything is there anyway. */
export function keptForTexts(imports: readonly string[]): readonly string[] {
  return imports
    .filter((text) => !text.endsWith(" import *"))
    .map((text) => (text.includes("\n") ? text : `${text}  # noqa: F401 (named in a text)`));
}
