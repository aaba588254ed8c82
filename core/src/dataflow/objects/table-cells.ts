import type { Interpreter } from "../interpreter.ts";
import { keepAxes } from "./axes.ts";
import { contentsOf } from "./items.ts";
import type { AbstractObject } from "./objects.ts";
import { nothing, unionOf, type Value } from "./value.ts";

const containers: ReadonlySet<string> = new Set(["list", "tuple", "dict", "set"].map((name) => `builtins.${name}`));

/** The field by which a table holds what stands in its cells: no name of an attribute, and no item that `table[x]` gives. */
export const cells = ".[]";

/**
 * What a table holds that is made of columns or rows whose data it copies: what can change and stands in them, and what
 * may be no column or row but a value of its own. It may have their index. A series is made of one column.
 */
export function fillWith(run: Interpreter, table: AbstractObject, data: Value, site: object): Value {
  const parts = table.type === "pandas.Series" ? data : contentsOf(run, data, site);
  keepAxes(run, new Set([table]), parts);
  return standingInColumns(run, parts, site);
}

/** What can change and stands in columns, or is no column but a value of its own. */
function standingInColumns(run: Interpreter, columns: Value, site: object): Value {
  const found = unionOf(
    [...columns].map((part) => {
      const one = new Set([part]);
      if (part.type !== undefined && containers.has(part.type)) return contentsOf(run, one, site);
      return isData(run, part) ? standingIn(part) : one;
    }),
  );
  return new Set([...found].filter(({ mutable, callable }) => mutable || callable !== undefined));
}

/** An array, a column or an index: it is copied. */
function isData(run: Interpreter, { type }: AbstractObject): boolean {
  if (type === undefined) return false;
  return (
    run.catalog.isAxis(type) || run.catalog.sharesAxes(type) || run.catalog.lineage(type).includes("numpy.ndarray")
  );
}

/** What stands in an array, or in what shares its memory: not its attributes. */
function standingIn(part: AbstractObject): Value {
  return new Set(
    [part, ...part.memory.keys()].flatMap(({ fields }) =>
      [...fields]
        .filter(([field]) => field === cells || !field.startsWith("."))
        .flatMap(([, held]) => [...held.keys()]),
    ),
  );
}

/** The values of a new column of a table: models, lists. What nobody knows is taken for numbers or texts. */
export function fillColumn(run: Interpreter, table: AbstractObject, column: Value, site: object): void {
  const known = [...standingInColumns(run, column, site)].filter(({ type }) => type !== undefined);
  if (known.length > 0) run.heap.hold(table, cells, new Set(known), run.now);
}

/** What can change and is known to stand in the cells of a table or a column, of pandas: models in a table of results. */
export function inCells(run: Interpreter, table: AbstractObject): Value {
  if (!run.heap.hasCells || table.type?.startsWith("pandas.") !== true) return nothing;
  const sharing = new Set([table]);
  for (const one of sharing) for (const other of one.memory.keys()) sharing.add(other);
  const found = [...sharing].flatMap(({ fields }) => [...(fields.get(cells)?.keys() ?? [])]);
  return new Set(found.filter((one) => one.type !== undefined && one.mutable && !isData(run, one)));
}

/** What is taken out of tables has the very objects in it that stand in their cells: rows, lists, copies. */
export function keepCells(run: Interpreter, from: Value, made: Value): void {
  if (!run.heap.hasCells) return;
  const standing = unionOf([...from].map((table) => inCells(run, table)));
  if (standing.size === 0) return;
  for (const one of [...made].flatMap(withinTwo)) {
    const isHolder = one.mutable || one.type === "builtins.tuple";
    if (isHolder && !standing.has(one))
      run.heap.hold(one, one.type?.startsWith("pandas.") ? cells : "*", standing, run.now);
  }
}

/** An object, its elements, and what these hold: an iterator, its pairs, and the row in each. */
function withinTwo(object: AbstractObject): readonly AbstractObject[] {
  const elements = [...(object.fields.get("*")?.keys() ?? [])];
  return [object, ...elements, ...elements.flatMap((one) => [...one.held()])];
}
