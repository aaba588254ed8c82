import type { Stage } from "../plan/plan.ts";
import type { ProjectContext } from "./context.ts";

/**
 * The columns of a table that the stages after it read for certain, by the names that the code has: what it must have
 * for them to run. Columns that such a stage makes itself are left out. Nothing is run to know it.
 */
export function readColumns(context: ProjectContext, from: string, name: string): readonly string[] {
  const takers = context.plan.stages.filter(({ inputs }) =>
    inputs.some((input) => input.name === name && input.from === from),
  );
  return [...new Set(takers.flatMap((stage) => [...columnsReadIn(context, stage, name)]))].sort();
}

/** Those that a stage reads from the table before it changes the table as a whole. */
function columnsReadIn({ source }: ProjectContext, { statements }: Stage, name: string): ReadonlySet<string> {
  const read = new Set<string>();
  const made = new Set<string>();
  for (const id of statements) {
    const accesses = source.statement(id).statement.accesses.filter(({ place }) => place.name === name);
    for (const { kind, place, certainty, through } of accesses) {
      const [step] = place.path;
      if (kind !== "read" || step?.kind !== "column" || certainty !== "must" || through !== undefined) continue;
      if (!made.has(step.name) && step.name !== "*") read.add(step.name);
    }
    for (const { kind, place } of accesses) {
      const [step] = place.path;
      if (kind === "read") continue;
      // From here on it may have other columns.
      if (step?.kind !== "column" || step.name === "*") return read;
      made.add(step.name);
    }
  }
  return read;
}
