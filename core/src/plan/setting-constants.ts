import { globalNames } from "../python/scopes.ts";
import { type Bench, kept } from "./bench.ts";
import { wishedWork } from "./edited/wish.ts";
import { type Facts, needs } from "./facts.ts";
import { literalNames } from "./literal-names.ts";
import { isInParametersCell } from "./parameters/parameters-cells.ts";

/**
 * What settings alone are given: names that hold a literal and that nothing else reads, such as `font = {"size": 22}` of
 * `plt.rc("font", **font)`. They say how things look, and are neither parameters nor values that a stage hands on.
 *
 * @param isSetting Tells of a statement whether it may stand among the settings.
 */
export function settingConstants(bench: Bench, isSetting: (facts: Facts) => boolean): ReadonlyMap<string, Facts> {
  const wished = wishedWork(bench.wish);
  const found = new Map(
    [...literalNames(bench)].filter(
      ([, facts]) => !bench.homes.has(facts.id) && !wished.has(facts.id) && !isInParametersCell(bench, facts),
    ),
  );
  const read = new Set<string>();
  for (const facts of kept(bench)) {
    for (const name of needs(facts).union(globalNames(facts.statement.node))) {
      const bound = found.get(name);
      if (bound === undefined || bound === facts) continue;
      if (facts.position > bound.position && isSetting(facts)) read.add(name);
      else found.delete(name);
    }
  }
  return new Map([...found].filter(([name]) => read.has(name)));
}
