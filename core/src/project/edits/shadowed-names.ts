import type { StatementId } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { scopesBelow, scopesOfStatement } from "../../python/scopes.ts";
import { append } from "../../text/append.ts";
import type { ProjectContext } from "../context.ts";
import { boundBy } from "../modules/definition-table.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import { pythonBuiltins } from "../python-builtins.ts";

/** Lines at the top of a stage's function, and the imports that they need at the top of its module. */
export interface Preamble {
  readonly lines: readonly string[];
  readonly imports: readonly string[];
}

/** What variables of a stage's function have to be from the top on, and what below which statements. */
export interface ShadowedNames extends Preamble {
  readonly below: ReadonlyMap<StatementId, readonly string[]>;
}

/**
 * In a notebook `sum(x)` may come before `sum = 3`: the first reads a builtin, an import or a definition. In a function
 * the name would be a variable from its first line on, so such a variable begins as what the name stood for outside; and
 * below a `del sum`, where the notebook has the builtin again, it is that.
 */
export function shadowedNames(
  context: ProjectContext,
  inputs: ReadonlySet<string>,
  statements: readonly SourcedStatement[],
): ShadowedNames {
  const variables = new Set(statements.flatMap(boundBy));
  const bound = new Set(inputs);
  const deleted = new Map<string, StatementId>();
  const lines: string[] = [];
  const below = new Map<StatementId, string[]>();
  const imports: string[] = [];
  for (const sourced of statements) {
    for (const name of readNames(sourced.statement.node)) {
      if (bound.has(name) || !variables.has(name)) continue;
      const deletedBy = deleted.get(name);
      const outer = deletedBy === undefined ? outerMeaning(context, name, sourced.id) : builtinMeaning(name);
      if (outer === undefined) continue;
      bound.add(name);
      if (deletedBy === undefined) lines.push(outer);
      else append(below, deletedBy, outer);
      if (outer.includes("builtins.")) imports.push("import builtins");
    }
    for (const name of boundBy(sourced)) bound.add(name);
    for (const name of deletedBy(sourced)) {
      bound.delete(name);
      deleted.set(name, sourced.id);
    }
  }
  return { lines, below, imports };
}

/** The names that are surely gone behind a statement. */
function deletedBy({ statement: { accesses } }: SourcedStatement): readonly string[] {
  const all = accesses.filter(
    ({ kind, place, certainty }) => kind === "delete" && place.path.length === 0 && certainty === "must",
  );
  return all.map(({ place }) => place.name);
}

function outerMeaning(context: ProjectContext, name: string, id: StatementId): string | undefined {
  const home = context.definitions.get(name);
  if (home !== undefined) return `from .${home} import ${name}`;
  const imported = context.imports.lastOf(name, context.source.position(id));
  if (imported !== undefined) return imported;
  return builtinMeaning(name);
}

function builtinMeaning(name: string): string | undefined {
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
