import type { TableReads } from "./table-reads.ts";

/** One thing that is done to a table. */
export interface TableStep {
  readonly reads: TableReads;
  /** Columns that it makes or overwrites, in a way that can be done again; `*` for any. */
  readonly writes?: readonly string[];
  readonly removes?: readonly string[];
  /** The columns that are left. */
  readonly keeps?: readonly string[];
  /** It orders or renumbers rows, takes some by what stands in them, or those in which something is missing. */
  readonly rows?: "order" | "filter" | "missing";
}

/**
 * Whether steps, done a second time to their own result, leave it as it is: each must find what it found before. So it
 * may not read what it or a later one writes or removes, and what hangs on all rows needs the same rows.
 */
export function isSameAgain(steps: readonly TableStep[]): boolean {
  const all = new Set(steps.flatMap(({ writes = [] }) => writes));
  const gone = new Set(steps.flatMap(({ removes = [] }) => removes));
  const written = new Set<string>();
  return steps.every((step, at) => {
    const { columns, isWhole } = step.reads;
    const isOwnNow = written.has("*") || all.isSubsetOf(written);
    const finds = [...columns].every(
      (column) => !gone.has(column) && (isOwnNow || written.has(column) || !(all.has(column) || all.has("*"))),
    );
    const findsAll = !isWhole || (isOwnNow && gone.size === 0);
    for (const name of step.writes ?? []) written.add(name);
    return finds && findsAll && hasSameRows(steps, at) && isLeft(steps, step);
  });
}

function hasSameRows(steps: readonly TableStep[], at: number): boolean {
  const { reads, rows } = steps[at] as TableStep;
  const later = steps.slice(at);
  if (rows === "missing" && later.some(({ writes = [] }) => writes.length > 0)) return false;
  if (!reads.isCollective) return true;
  const taken = steps.some((step) => step.rows === "filter" || step.rows === "missing");
  return !taken && later.every(({ rows }) => rows !== "order");
}

/** Whether all that is read of the table is among the columns that a step leaves. */
function isLeft(steps: readonly TableStep[], { keeps }: TableStep): boolean {
  return (
    keeps === undefined ||
    steps.every(({ reads: { columns, isWhole } }) => !isWhole && [...columns].every((column) => keeps.includes(column)))
  );
}
