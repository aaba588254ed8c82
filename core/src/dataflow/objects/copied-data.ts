import type { Interpreter } from "../interpreter.ts";
import { keepAxes } from "./axes.ts";
import { contentsOf } from "./items.ts";
import type { AbstractObject } from "./objects.ts";
import { unionOf, type Value } from "./value.ts";

const containers: ReadonlySet<string> = new Set(["list", "tuple", "dict", "set"].map((name) => `builtins.${name}`));

/** The field by which a table holds what stands in its cells: no name of an attribute, and no item that `table[x]` gives. */
export const cells = ".[]";

/**
 * What a table holds that is made of columns or rows whose data it copies: what can change and stands in them, and what
 * may be no column or row but a value of its own. It may have their index.
 */
export function fillWith(run: Interpreter, table: AbstractObject, data: Value, site: object): Value {
  const parts = contentsOf(run, data, site);
  keepAxes(run, new Set([table]), parts);
  const found = unionOf(
    [...parts].map((part) => {
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
