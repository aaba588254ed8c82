import type { StatementId } from "../../dataflow/model.ts";
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

/** What variables of a stage's function have to be from the top on, and what above and below which statements. */
export interface ShadowedNames extends Preamble {
  readonly above: ReadonlyMap<StatementId, readonly string[]>;
  readonly below: ReadonlyMap<StatementId, readonly string[]>;
}

/**
 * In a notebook `sum(x)` may come before `sum = 3`: the first reads a builtin, an import or a definition. In a function
 * the name would be a variable from its first line on, so such a variable begins as what the name stood for outside; and
 * below a `del sum`, where the notebook has the builtin again, it is that. A name that two imports give to different
 * things (`import datetime` below `from datetime import datetime`) is such a variable too: a module has one of them.
 */
export function shadowedNames(
  context: ProjectContext,
  inputs: ReadonlySet<string>,
  statements: readonly SourcedStatement[],
): ShadowedNames {
  const variables = new Set(statements.flatMap(boundBy));
  const reads = new Map(statements.map((sourced) => [sourced.id, readNames(context, sourced)]));
  const changing = importedAnew(context, reads);
  const current = new Map<string, string>();
  const bound = new Set(inputs);
  const deleted = new Map<string, StatementId>();
  const lines: string[] = [];
  const above = new Map<StatementId, string[]>();
  const below = new Map<StatementId, string[]>();
  const imports: string[] = [];
  for (const sourced of statements) {
    for (const name of reads.get(sourced.id) ?? []) {
      if (!bound.has(name) && changing.has(name)) {
        const outer = outsideMeaning(context, name, sourced.id);
        if (outer === undefined || current.get(name) === outer) continue;
        if (current.has(name)) append(above, sourced.id, outer);
        else lines.push(outer);
        if (outer.includes("builtins.")) imports.push("import builtins");
        current.set(name, outer);
        continue;
      }
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
  return { lines, above, below, imports };
}

/** The names that one statement of a stage has from another import than the next, or from none. */
function importedAnew(
  { imports, source }: ProjectContext,
  reads: ReadonlyMap<StatementId, readonly string[]>,
): ReadonlySet<string> {
  const meanings = new Map<string, Set<string>>();
  for (const [id, names] of reads) {
    for (const name of names) {
      if (!imports.isRepeated(name)) continue;
      const meaning = imports.lastOf(name, source.position(id))?.qualified ?? "builtins";
      meanings.set(name, (meanings.get(name) ?? new Set()).add(meaning));
    }
  }
  return new Set([...meanings].flatMap(([name, { size }]) => (size > 1 ? [name] : [])));
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
  return home === undefined ? outsideMeaning(context, name, id) : `from .${home} import ${name}`;
}

function outsideMeaning({ imports, source }: ProjectContext, name: string, id: StatementId): string | undefined {
  return imports.lastOf(name, source.position(id))?.text ?? builtinMeaning(name);
}

function builtinMeaning(name: string): string | undefined {
  return pythonBuiltins.has(name) ? `${name} = builtins.${name}` : undefined;
}

/**
 * The names that a statement reads from the block around it, functions inside it included, and what it hands on to
 * functions that read globals in the notebook.
 */
function readNames({ plan }: ProjectContext, { id, statement: { node } }: SourcedStatement): readonly string[] {
  const lifts = plan.modules.flatMap((module) => module.lifts);
  const handedOn = lifts.filter(({ calls }) => calls.some(({ statement }) => statement === id));
  const top = scopesOfStatement(node);
  const names = handedOn.flatMap(({ globals }) => globals);
  for (const scope of [top, ...scopesBelow(top)]) {
    for (const [name, use] of scope.names) {
      if (use.isReferenced && (scope === top || use.home === "global")) names.push(name);
    }
  }
  return names;
}
