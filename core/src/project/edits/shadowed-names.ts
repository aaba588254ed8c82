import type { StatementId } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { scopesBelow, scopesOfStatement } from "../../python/scopes.ts";
import type { ProjectContext } from "../context.ts";
import { boundBy } from "../modules/definition-table.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import { pythonBuiltins } from "../python-builtins.ts";

/** Lines at the top of a stage's function, and the imports that they need at the top of its module. */
export interface Preamble {
  readonly lines: readonly string[];
  readonly imports: readonly string[];
}

/**
 * In a notebook `sum(x)` may come before `sum = 3`: the first reads a builtin, an import or a definition. In a function
 * the name would be a variable from its first line on, so such a variable begins as what the name stood for outside.
 */
export function shadowedNames(
  context: ProjectContext,
  inputs: ReadonlySet<string>,
  statements: readonly SourcedStatement[],
): Preamble {
  const variables = new Set(statements.flatMap(boundBy));
  const bound = new Set(inputs);
  const lines: string[] = [];
  const imports: string[] = [];
  for (const sourced of statements) {
    for (const name of readNames(sourced.statement.node)) {
      if (bound.has(name) || !variables.has(name)) continue;
      const outer = outerMeaning(context, name, sourced.id);
      if (outer === undefined) continue;
      bound.add(name);
      lines.push(outer);
      if (outer.includes("builtins.")) imports.push("import builtins");
    }
    for (const name of boundBy(sourced)) bound.add(name);
  }
  return { lines, imports };
}

function outerMeaning(context: ProjectContext, name: string, id: StatementId): string | undefined {
  const home = context.definitions.get(name);
  if (home !== undefined) return `from .${home} import ${name}`;
  const imported = context.imports.lastOf(name, context.source.position(id));
  if (imported !== undefined) return imported;
  return pythonBuiltins.has(name) ? `${name} = builtins.${name}` : undefined;
}

/** The names that a statement reads from the block around it, functions inside it included. */
function readNames(node: ast.Stmt): readonly string[] {
  const top = scopesOfStatement(node);
  const names: string[] = [];
  for (const scope of [top, ...scopesBelow(top)]) {
    for (const [name, use] of scope.names) {
      if (use.isReferenced && (scope === top || use.home === "global")) names.push(name);
    }
  }
  return names;
}
