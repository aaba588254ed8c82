import { moduleName } from "../names.ts";
import type { Lean, Phase } from "./phases.ts";
import type { Segment } from "./segments.ts";
import { phaseOf } from "./segments.ts";

/** What headings say of a stage, in the order in which they are asked. */
const byHeading: readonly (readonly [RegExp, string])[] = [
  [/\b(explor|eda|visuali[sz]|plots?\b|report|summary|conclusion)/i, "report"],
  [/\b(evaluat|results?\b|scor|metrics?\b|performance|hold-?out|testing\b|how (far|good|well))/i, "evaluate"],
  [/\b(train|fit(ting)?\b|learn|tun(e|ing)|grid search|hyper-?param)/i, "train"],
  [/\b(feature|pre-?process|clean|prepar|transform|engineer|encod|imput|token|split|wrangl)/i, "features"],
  [/\b(load|ingest|import(ing)? (the )?data|read|fetch|download|get (the )?data|data ?sets?\b)/i, "ingest"],
  [/\b(model|classifier|regressor|network|architecture)/i, "train"],
  [/\b(predict|forecast|inference)/i, "evaluate"],
  [/\bdata\b/i, "ingest"],
];

/** Names for the stages, each a valid module name and no two alike, with their titles. */
export function nameSegments(
  segments: readonly Segment[],
  isReserved: (name: string) => boolean,
): { readonly name: string; readonly title: string }[] {
  const wanted = segments.map((segment, index) => canonicalName(segment, index === segments.length - 1));
  const taken = new Set<string>();
  const named = segments.map((segment, index) => {
    const kind = wanted[index];
    const isOwner = kind !== undefined && ownerOf(kind, segments, wanted) === index;
    const isTaken = (name: string) => taken.has(name) || isReserved(name) || (!isOwner && wanted.includes(name));
    const hint = segment.tag ?? (isOwner ? kind : (segment.heading ?? kind));
    const name = moduleName(hint ?? "", kind ?? "compute", isTaken);
    taken.add(name);
    return name;
  });
  return inOrder(named).map((name, index) => ({ name, title: segments[index]?.heading ?? titleOf(name) }));
}

/** Names that differ in their number only, so that the numbers rise: `train`, `train_2`. */
function inOrder(names: readonly string[]): readonly string[] {
  const ordered = [...names];
  const families = Map.groupBy(names.keys(), (index) => (names[index] as string).replace(/_\d+$/, ""));
  for (const members of families.values()) {
    const sorted = members.map((index) => names[index] as string).sort((one, other) => numberOf(one) - numberOf(other));
    for (const [at, index] of members.entries()) ordered[index] = sorted[at] as string;
  }
  return ordered;
}

function numberOf(name: string): number {
  return Number(/_(\d+)$/.exec(name)?.[1] ?? 1);
}

/** Of several stages that could have a name, the one that has most of such work; of several that load, the first. */
function ownerOf(kind: string, segments: readonly Segment[], wanted: readonly (string | undefined)[]): number {
  if (kind === "ingest") return wanted.indexOf(kind);
  const says = segments.findIndex(({ heading }, index) => wanted[index] === kind && saidBy(heading) === kind);
  if (says !== -1) return says;
  const weights = segments.map(({ leans }, index) => {
    if (wanted[index] !== kind) return -1;
    return leans.reduce((sum, lean) => sum + weightIn(lean, kind), 0);
  });
  return weights.indexOf(Math.max(...weights));
}

/** What the work says the stage is, or what its heading says where the work says nothing or the same. */
export function canonicalName(segment: Segment, isLast: boolean): string | undefined {
  if (segment.tag !== undefined) return segment.tag;
  const phase = phaseOf(segment);
  const { heading } = segment;
  const said = saidBy(heading);
  if (said === "report" && isLast && phase !== "train") return said;
  if (said === undefined || said === "report") return phase ?? said;
  const weight = (name: string) => segment.leans.reduce((sum, lean) => sum + weightIn(lean, name), 0);
  return phase === undefined || weight(said) > 0 || weight(phase) < 3 ? said : phase;
}

/** What a heading says the stage is. */
function saidBy(heading: string | undefined): string | undefined {
  return heading === undefined ? undefined : byHeading.find(([words]) => words.test(heading))?.[1];
}

function weightIn(lean: Lean, name: string): number {
  return Object.hasOwn(lean, name) ? (lean[name as Phase] ?? 0) : 0;
}

const titles: Readonly<Record<string, string>> = {
  ingest: "Load the data",
  features: "Prepare the features",
  train: "Train the model",
  evaluate: "Evaluate the model",
  report: "Show tables and figures",
};

export function titleOf(name: string): string {
  const words = name.replaceAll("_", " ");
  return titles[name] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
