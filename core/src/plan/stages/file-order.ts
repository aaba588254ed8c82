import type { Dataflow, StatementId } from "../../dataflow/model.ts";
import type { Bench } from "../bench.ts";
import type { StageDraft } from "./stages.ts";

/** What a statement does to files must be done before the other begins. */
interface FilePair {
  readonly from: StatementId;
  readonly to: StatementId;
}

/** Statements whose order their files demand: who reads what another writes, and who writes what another has read. */
export function filePairs({ edges, overwritings }: Dataflow): readonly FilePair[] {
  return [
    ...edges.filter(({ kind }) => kind === "file"),
    ...overwritings.map(({ reader, writer }) => ({ from: reader, to: writer })),
  ];
}

/** Adds to each stage the earlier ones whose files it uses, where it takes no value of theirs. */
export function filesBetween(bench: Bench, stages: readonly Omit<StageDraft, "after">[]): StageDraft[] {
  const stageOf = new Map<StatementId, number>();
  for (const [index, { flow }] of stages.entries())
    for (const { id } of flow.statements) if (!stageOf.has(id)) stageOf.set(id, index);
  const before = stages.map(() => new Set<number>());
  for (const { from, to } of filePairs(bench.dataflow)) {
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
