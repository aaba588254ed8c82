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
  for (const { name, facts, readers } of constants) {
    if (bench.homes.has(facts.id)) continue;
    const cells = new Set(readers.map(({ statement }) => statement.cell));
    cells.delete(facts.statement.cell);
    if (!pinned.has(name) && cells.size < 2) continue;
    placed.add(name);
    bench.homes.set(facts.id, "constant");
  }
  return placed;
}
