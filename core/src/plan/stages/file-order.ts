import type { StatementId } from "../../dataflow/model.ts";
import type { Bench } from "../bench.ts";
import type { StageDraft } from "./stages.ts";

/** Adds to each stage the earlier ones that write a file which it reads, where it takes no value of theirs. */
export function filesBetween(bench: Bench, stages: readonly Omit<StageDraft, "after">[]): StageDraft[] {
  const stageOf = new Map<StatementId, number>();
  for (const [index, { flow }] of stages.entries())
    for (const { id } of flow.statements) if (!stageOf.has(id)) stageOf.set(id, index);
  const before = stages.map(() => new Set<number>());
  for (const { from, to, kind } of bench.dataflow.edges) {
    if (kind !== "file") continue;
    const writer = stageOf.get(from);
    const reader = stageOf.get(to);
    if (writer !== undefined && reader !== undefined && writer < reader) before[reader]?.add(writer);
  }
  return stages.map((stage, index) => {
    const given = new Set(stage.flow.inputs.values());
    const after = [...(before[index] ?? [])].filter((writer) => !given.has(writer)).sort((one, other) => one - other);
    return { ...stage, after: after.map((writer) => (stages[writer] as StageDraft).name) };
  });
}
