import type { Bench } from "./bench.ts";
import type { Artifact } from "./plan.ts";
import type { Flow } from "./stages/flow.ts";

/** The files between stages: one for each value, or for names that share objects, so that they still share after it. */
export function artifactsOf(bench: Bench, names: readonly string[], flows: readonly Flow[]): readonly Artifact[] {
  return flows.flatMap((flow, index) => {
    const last = flow.statements.at(-1);
    if (last === undefined) return [];
    return groupsOf(bench, flow).map((group) => ({
      name: groupName(group),
      names: group,
      format: "auto" as const,
      from: names[index] as string,
      to: names.filter((_, reader) => group.some((name) => flows[reader]?.inputs.get(name) === index)),
      types: Object.fromEntries(
        group.flatMap((name) => {
          const type = bench.dataflow.valueAfter(last.id, name)?.type;
          return type === undefined ? [] : [[name, type]];
        }),
      ),
    }));
  });
}

/** Of one value its own name; of several the first names, so that no file name is endless. */
function groupName(group: readonly string[]): string {
  const shown = group.slice(0, 3).join("_");
  return group.length > 3 ? `${shown}_and_${group.length - 3}_more` : shown;
}

/** The outputs of a stage, those that share objects together. */
function groupsOf(bench: Bench, { outputs, statements }: Flow): string[][] {
  const last = statements.at(-1);
  const groupOf = new Map<string, string[]>([...outputs].map((name) => [name, [name]]));
  for (const { names } of last === undefined ? [] : bench.dataflow.sharingAfter(last.id)) {
    const shared = names.filter((name) => outputs.has(name));
    const [first] = shared;
    const group = first === undefined ? undefined : groupOf.get(first);
    if (group === undefined) continue;
    for (const name of shared) {
      const other = groupOf.get(name);
      if (other === undefined || other === group) continue;
      group.push(...other);
      for (const each of other) groupOf.set(each, group);
    }
  }
  return [...new Set(groupOf.values())];
}
