import type { Bench } from "../bench.ts";
import type { Constant } from "../parameters/constants.ts";

/**
 * Constants that are no parameters and that several cells or a definition read stand in a module, so that they need not
 * be saved and loaded as a value. Answers with their names.
 */
export function placeConstants(
  bench: Bench,
  constants: readonly Constant[],
  pinned: ReadonlySet<string>,
): ReadonlySet<string> {
  const placed = new Set<string>();
  for (const constant of constants) {
    const { name, facts, readers } = constant;
    if (bench.homes.has(facts.id)) continue;
    const cells = new Set(readers.map(({ statement }) => statement.cell));
    cells.delete(facts.statement.cell);
    if (!pinned.has(name) && (cells.size < 2 || isShared(bench, constant))) continue;
    placed.add(name);
    bench.homes.set(facts.id, "constant");
  }
  return placed;
}

/** Whether two names and more hold parts of a constant: every process would have parts of its own, and not the same for all. */
function isShared({ dataflow, facts }: Bench, { name, literal, readers }: Constant): boolean {
  if (literal.type !== "list" && literal.type !== "dict") return false;
  return [...readers, ...facts.slice(-1)].some(({ id }) =>
    dataflow.sharingAfter(id).some(({ names }) => names.includes(name) && names.length > 2),
  );
}
