import type { Bench } from "../bench.ts";
import { laterReads } from "../definitions/later-reads.ts";
import { type Facts, needs } from "../facts.ts";

/**
 * For each stage, the names that a later one may take from it or from before it: what only held objects while it ran
 * (`models = {"a": a, "b": b}`) makes no difference to whether they are handed on together.
 */
export function wantedAfter(bench: Bench, stages: readonly (readonly Facts[])[]): ReadonlySet<string>[] {
  const found: ReadonlySet<string>[] = [];
  // The last stage may take another version than the newest: what it needs is wanted everywhere.
  const ofLast = neededFromOutside(bench, stages.at(-1) ?? []);
  let wanted: ReadonlySet<string> = ofLast;
  for (const [index, statements] of [...stages.entries()].reverse()) {
    found[index] = wanted;
    const bound = new Set(
      statements.flatMap(({ binds }) =>
        [...binds].flatMap(([name, certainty]) => (certainty === "must" ? [name] : [])),
      ),
    );
    const through = [...wanted].filter((name) => !bound.has(name));
    wanted = new Set([...ofLast, ...through, ...neededFromOutside(bench, statements)]);
  }
  return found;
}

/** What statements need that none before them among them surely binds. */
function neededFromOutside(bench: Bench, statements: readonly Facts[]): ReadonlySet<string> {
  const bound = new Set<string>();
  const needed = new Set<string>();
  for (const facts of statements) {
    const isLocal = bench.localDefinitions.has(facts);
    for (const name of [...needs(facts), ...(isLocal ? laterReads(bench, facts) : [])])
      if (!bound.has(name)) needed.add(name);
    for (const [name, certainty] of facts.binds) if (certainty === "must" && !isLocal) bound.add(name);
  }
  return needed;
}
