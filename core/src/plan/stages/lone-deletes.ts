import { type Facts, needs } from "../facts.ts";
import type { Segment } from "./segment.ts";

/**
 * Leaves out `del table` where the stage has nothing else to do with the table: it would be given it only to delete it,
 * and what a stage has is gone with it anyway. A stage that does nothing else is none.
 */
export function withoutLoneDeletes(segments: readonly Segment[]): readonly Segment[] {
  if (segments.length < 2) return segments;
  return segments.flatMap((segment) => {
    const { statements, leans } = segment;
    const kept = [...statements.keys()].filter((at) => !isLone(statements[at] as Facts, statements));
    if (kept.length === statements.length) return [segment];
    if (kept.length === 0) return [];
    return [
      {
        ...segment,
        statements: kept.map((at) => statements[at] as Facts),
        leans: kept.map((at) => leans[at] ?? {}),
      },
    ];
  });
}

function isLone(facts: Facts, all: readonly Facts[]): boolean {
  const { node } = facts.statement;
  if (node.type !== "Delete" || !node.targets.every((target) => target.type === "Name")) return false;
  return all.every((other) => other === facts || ![...facts.deletes].some((name) => isAbout(other, name)));
}

function isAbout(facts: Facts, name: string): boolean {
  const { binds, changes, changesToo, deletes } = facts;
  return [needs(facts), binds, changes, changesToo, deletes].some((names) => names.has(name));
}
