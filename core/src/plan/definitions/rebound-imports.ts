import { isBuiltin } from "../../dataflow/names/injected-names.ts";
import { pylabNames, starNames } from "../../effects/star-exports.ts";
import { importedNames as importedBy } from "../../python/qualified-names.ts";
import { globalNames } from "../../python/scopes.ts";
import { at, type Bench, bindersOf, kept } from "../bench.ts";
import { pylabCommand } from "../command-statements.ts";
import type { Facts } from "../facts.ts";

/**
 * Names of imports that definitions find bound to something else when they are called: `e = 5` after
 * `from math import *`, the notebook's own `mean`, `norm` of scipy in one cell and of numpy in another. A module has one
 * import of a name, and so such a name must reach the definitions in another way.
 */
export function reboundImports(bench: Bench, definitions: readonly Facts[]): ReadonlySet<string> {
  const imports = new Set(at(bench, "import"));
  const anew = [...bindersOf(bench)].filter(
    ([name, binders]) => binders.some((binder) => imports.has(binder)) && (binders.length > 1 || isBuiltin(name)),
  );
  if (anew.length === 0) return new Set();
  const found = bindersThatDefinitionsFind(bench, definitions);
  return new Set(
    anew.flatMap(([name, binders]) => {
      const means = (binder: Facts) => meaningOf(bench, binder, name, imports);
      const readers = definitions.filter(({ statement }) => globalNames(statement.node).has(name));
      const imported = binders.filter((binder) => imports.has(binder));
      const meant = new Set([...(found.get(name) ?? [])].map(means));
      if (isBuiltin(name) && findTheBuiltin(bench, readers, imported)) meant.add(builtin);
      if (meant.size === 0) return [];
      const chosen = choicesFor(name, imported, readers, definitions).map((each) => each && means(each));
      return meant.size === 1 && chosen.every((each) => meant.has(each ?? builtin)) ? [] : [name];
    }),
  );
}

/** What a name means that nothing has bound yet and that Python has. */
const builtin = "builtins";

/** Whether something may call one of these definitions while no import has taken the place of the builtin yet. */
function findTheBuiltin(bench: Bench, readers: readonly Facts[], imported: readonly Facts[]): boolean {
  const first = Math.min(...imported.map(({ position }) => position));
  return readers.some(({ position, binds }) =>
    kept(bench).some(
      (facts) =>
        facts.position > position && facts.position < first && [...binds.keys()].some((name) => facts.reads.has(name)),
    ),
  );
}

/** The statements that bound each global that definitions read, where they are made and when they are called. */
function bindersThatDefinitionsFind(bench: Bench, definitions: readonly Facts[]): ReadonlyMap<string, Set<Facts>> {
  const made = new Set(definitions.map(({ id }) => id));
  const found = new Map<string, Set<Facts>>();
  for (const { from, to, kind, name } of bench.dataflow.edges) {
    if (kind !== "free-variable" && !(kind === "value" && made.has(to))) continue;
    const binder = bench.factsById.get(from);
    if (binder?.binds.has(name) !== true) continue;
    const binders = found.get(name) ?? new Set();
    found.set(name, binders.add(binder));
  }
  return found;
}

/** What a name stands for that a statement binds: the library's name, or the statement itself where it is none. */
function meaningOf(bench: Bench, binder: Facts, name: string, imports: ReadonlySet<Facts>): string {
  if (!imports.has(binder)) return binder.id;
  const { node, cell } = binder.statement;
  const pylab = pylabCommand(node, bench.cells.get(cell));
  const isStar = node.type === "ImportFrom" && node.names.some((alias) => alias.name === "*");
  const stars =
    pylab !== undefined
      ? pylabNames(pylab.argument)
      : isStar && node.module !== undefined && node.level === 0
        ? starNames(node.module)
        : undefined;
  return stars?.get(name)?.qualified ?? importedBy(node).get(name) ?? binder.id;
}

/**
 * The imports of a name of which a module of definitions may have one: the last before those that it holds. Absent where
 * it would have the builtin.
 */
function choicesFor(
  name: string,
  imported: readonly Facts[],
  readers: readonly Facts[],
  definitions: readonly Facts[],
): readonly (Facts | undefined)[] {
  const first = Math.min(...readers.map(({ position }) => position));
  const last = Math.max(...definitions.map(({ position }) => position));
  const before = imported.findLast(({ position }) => position < first) ?? (isBuiltin(name) ? undefined : imported[0]);
  return [before, ...imported.filter(({ position }) => first < position && position < last)];
}
