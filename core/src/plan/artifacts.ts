import { walk } from "../python/walk.ts";
import type { Bench } from "./bench.ts";
import type { Facts } from "./facts.ts";
import type { Artifact } from "./plan.ts";
import type { Flow } from "./stages/flow.ts";

/** The files between stages: one for each value, or for names that share objects, so that they still share after it. */
export function artifactsOf(bench: Bench, names: readonly string[], flows: readonly Flow[]): readonly Artifact[] {
  return flows.flatMap((flow, index) => {
    const last = flow.statements.at(-1);
    if (last === undefined) return [];
    return groupsOf(bench, flows, index).map((group) => ({
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

/** The outputs of a stage, those that share objects together where it matters to somebody that they do. */
function groupsOf(bench: Bench, flows: readonly Flow[], index: number): string[][] {
  const { outputs, statements } = flows[index] as Flow;
  const last = statements.at(-1);
  const groupOf = new Map<string, string[]>([...outputs].map((name) => [name, [name]]));
  for (const { names } of last === undefined ? [] : bench.dataflow.sharingAfter(last.id)) {
    const shared = names.filter((name) => outputs.has(name));
    const bound = flows.some((flow, reader) => reader > index && noticesSharing(bench, flow, index, shared))
      ? shared
      : shared.filter((name) => !isPlain(last && bench.dataflow.valueAfter(last.id, name)?.type));
    const [first] = bound;
    const group = first === undefined ? undefined : groupOf.get(first);
    if (group === undefined) continue;
    for (const name of bound) {
      const other = groupOf.get(name);
      if (other === undefined || other === group) continue;
      group.push(...other);
      for (const each of other) groupOf.set(each, group);
    }
  }
  return [...new Set(groupOf.values())];
}

/** Values that nothing but their content tells apart: copies of them do as well as long as nothing changes. */
const plain =
  /^(pandas\.(DataFrame|Series|Index|\w*Index)|polars\.(DataFrame|Series)|numpy\.ndarray|scipy\.sparse\.\w+|builtins\.(list|dict|set|tuple))$/;

function isPlain(type: string | undefined): boolean {
  return type !== undefined && plain.test(type);
}

/**
 * Whether a stage that is given several of these values can tell that they are one object, or hold one: it changes one of
 * them, asks whether they are the same, or binds a name to what they share, or to what holds it.
 */
function noticesSharing(
  bench: Bench,
  { inputs, statements, produced }: Flow,
  from: number,
  shared: readonly string[],
): boolean {
  const given = shared.filter((name) => inputs.get(name) === from);
  if (given.length < 2) return false;
  const changes = ({ changes, changesToo }: Facts) => given.some((name) => changes.has(name) || changesToo.has(name));
  if (statements.some((facts) => changes(facts) || comparesIdentity(facts))) return true;
  const last = statements.at(-1);
  return (last === undefined ? [] : bench.dataflow.sharingAfter(last.id)).some(
    ({ names }) => names.filter((name) => given.includes(name)).length > 1 && names.some((name) => produced.has(name)),
  );
}

/** `a is b`, `id(a)`. */
function comparesIdentity({ statement }: Facts): boolean {
  if (statement.calls.some(({ text }) => text === "id")) return true;
  return [...walk(statement.node)].some(
    ({ node }) =>
      node.type === "Compare" &&
      node.ops.some((op) => op === "Is" || op === "IsNot") &&
      !node.comparators.some((side) => side.type === "Constant"),
  );
}
