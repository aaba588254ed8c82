import type { Converted } from "./converter.ts";

/** Which stage has the last word about a name: the last one that binds or changes it. */
export function speakersOf({ plan, dataflow }: Converted): ReadonlyMap<string, string> {
  const stageOf = new Map(plan.stages.flatMap(({ name, statements }) => statements.map((id) => [id, name] as const)));
  const speakers = new Map<string, string>();
  for (const { id, accesses } of dataflow.statements) {
    const stage = stageOf.get(id);
    if (stage === undefined) continue;
    for (const { kind, place } of accesses) {
      if (kind === "bind" || kind === "change") speakers.set(place.name, stage);
    }
  }
  return speakers;
}
