import { moduleName, snakeCase } from "../names.ts";
import type { Flow } from "./flow.ts";
import { namesOfHeading, saidBy, speaksOfTrainingFirst, tellsSomething } from "./heading-names.ts";
import { isTraining, type Phase, phases } from "./phases.ts";
import { phaseOf, type Segment } from "./segment.ts";

/** A stage's name, which is its module and its function too, and its title. */
export interface StageName {
  readonly name: string;
  readonly title: string;
}

/**
 * Names for the stages, each a valid module name and no two alike: by what their work does, else in the words of their
 * headings, else by what they make. A number is the last resort. `whole` is the notebook's own title, for a stage that is all there is.
 */
export function nameSegments(
  segments: readonly Segment[],
  flows: readonly Flow[],
  whole: string | undefined,
  isReserved: (name: string) => boolean,
): readonly StageName[] {
  const isTrained = segments.some(({ leans }) => leans.some(({ train }) => (train ?? 0) >= 3));
  const [only] = segments;
  if (only !== undefined && segments.length === 1 && only.tag === undefined) return [wholeName(only, whole)];
  const kinds = withTraining(
    segments,
    segments.map((segment, index) => kindOf(segment, flows[index], index, segments.length, isTrained)),
  );
  const taken = new Set<string>();
  const names = segments.map((segment, index) => {
    const kind = kinds[index];
    const isOwner = kind !== undefined && ownerOf(kind, segments, kinds) === index;
    const isTaken = (name: string) => taken.has(name) || isReserved(name) || (!isOwner && kinds.includes(name));
    const hints = isOwner && !isReserved(kind) ? [kind] : hintsFor(segment, flows[index], kind);
    const hint = hints.find((each) => !isTaken(moduleName(each, "stage", () => false))) ?? hints.at(-1) ?? "compute";
    const name = moduleName(hint, "stage", isTaken);
    taken.add(name);
    return name;
  });
  return inOrder(names).map((name, index) => ({ name, title: titleFor(name, segments[index]?.heading, kinds[index]) }));
}

function titleFor(name: string, heading: string | undefined, kind: string | undefined): string {
  return heading === undefined || (saidBy(heading) === "report" && kind !== "report") ? titleOf(name) : heading;
}

/** What a segment is called if nobody else is called so. */
function kindOf(
  segment: Segment,
  flow: Flow | undefined,
  index: number,
  count: number,
  isTrained: boolean,
): string | undefined {
  if (segment.tag !== undefined) return segment.tag;
  if (index === count - 1 && isEnding(segment) && (flow?.outputs.size ?? 0) === 0) return "report";
  if (segment.statements.every(({ statement }) => statement.node.type === "Assert")) return "validate";
  const kind = canonicalName(segment);
  // What is read and kept nowhere is there to be looked at: the style sheet that a notebook ends with, a picture.
  if (kind === "ingest" && index === count - 1 && !segment.statements.some(leavesSomething)) return "report";
  // What hands nothing on has loaded nothing, and where no model is trained there are no features.
  if (kind === "ingest" && weightOf(segment, "ingest") === 0 && (flow?.outputs.size ?? 0) === 0) return undefined;
  if (kind !== undefined && weightOf(segment, kind) === 0 && isOnlyWord(kind, segment.heading ?? "", isTrained))
    return undefined;
  // Where no model is trained a score is what the author calls one: `R score` of customers.
  if (
    kind === "evaluate" &&
    !isTrained &&
    weightOf(segment, kind) === 0 &&
    !/evaluat|valid/i.test(segment.heading ?? "")
  )
    return undefined;
  return kind === "features" && !isTrained && !/feature/i.test(segment.heading ?? "") ? undefined : kind;
}

/**
 * True where nothing but a word of its heading says that a stage loads or trains, and the word says more than that:
 * `Types of data`, and, where no model is trained, `Learn Python`, `Using the model`.
 */
function isOnlyWord(kind: string, heading: string, isTrained: boolean): boolean {
  if (kind === "train")
    return !isTrained && heading !== "" && !/\b(train|fit(ting)?\b|tun(e|ing)|search)/i.test(heading);
  if (kind !== "ingest" || !/\bdata\b/i.test(heading)) return false;
  return !/^\W*(the )?data\W*$/i.test(heading) && saidBy(heading.replace(/\bdata\b/gi, " ")) === undefined;
}

/**
 * Where a model is trained and no stage would be called for it, the one that trains is, although it prepares more than it
 * trains: unless its heading says what it is.
 */
function withTraining(
  segments: readonly Segment[],
  kinds: readonly (string | undefined)[],
): readonly (string | undefined)[] {
  if (kinds.includes("train")) return kinds;
  const at = segments.findIndex(
    ({ leans, heading, tag }, index) =>
      tag === undefined &&
      kinds[index] === "features" &&
      saidBy(heading) === undefined &&
      leans.some(({ train }) => (train ?? 0) >= 3),
  );
  return kinds.map((kind, index) => (index === at ? "train" : kind));
}

/** Names for a stage whose plain name another has, or that has none: the better ones first. */
function hintsFor({ heading, statements, leans }: Segment, flow: Flow | undefined, kind: string | undefined): string[] {
  const handsOn = (flow?.outputs.size ?? 0) > 0;
  // A later stage that reads is no loading of the data where it hands nothing on: it fills in a submission, say.
  const isLateReading = kind === "ingest" && !handsOn;
  const isTold = heading !== undefined && (saidBy(heading) !== "report" || kind === "report");
  const said = isTold ? Object.groupBy(namesOfHeading(heading).filter(tellsSomething), hidesNothing) : {};
  const made =
    kind === "ingest" || kind === undefined ? madeBy(flow) : madeBy(flow)?.replace(new RegExp(`^${kind}_`), "");
  return [
    ...(said.free ?? []),
    ...(said.hiding ?? []),
    ...(isLateReading && leans.some(({ evaluate }) => (evaluate ?? 0) > 0) ? ["predict"] : []),
    ...((kind === undefined || isLateReading) && !handsOn && statements.some(isSaving) ? ["save"] : []),
    ...(kind === undefined && handsOn ? ["prepare"] : []),
    ...(made === undefined ? [] : [`${kind ?? "make"}_${made}`]),
    isLateReading || kind === undefined ? "compute" : kind,
  ];
}

/** `enumerate` would hide a function of Python, and be `enumerate_stage`; `enumerate_zip` hides nothing. */
function hidesNothing(name: string): "free" | "hiding" {
  return moduleName(name, "stage", () => false) === name ? "free" : "hiding";
}

/** What a stage makes: the first of the values that it hands on and was not given. */
function madeBy(flow: Flow | undefined): string | undefined {
  const outputs = [...(flow?.outputs ?? [])];
  const name = outputs.find((output) => !flow?.inputs.has(output)) ?? outputs[0];
  return name === undefined ? undefined : snakeCase(name) || undefined;
}

function isSaving({ statement: { calls } }: Segment["statements"][number]): boolean {
  return calls.some(({ role }) => role === "save");
}

function isDrawing({ statement: { calls } }: Segment["statements"][number]): boolean {
  return calls.some(({ role }) => role === "plot");
}

/** True where a segment does nothing but save, as far as its calls are known. */
export function onlySaves(segment: Segment): boolean {
  return phaseOf(segment) === undefined && segment.statements.some(isSaving);
}

/** True for a section that is there to be looked at, as its heading says and its work does not deny: what saves and draws nothing does. */
export function isEnding(segment: Segment): boolean {
  if (segment.tag !== undefined) return segment.tag === "report";
  if (segment.statements.some(isSaving) && !segment.statements.some(isDrawing)) return false;
  const phase = phaseOf(segment);
  return saidBy(segment.heading) === "report" && (phase === undefined || weightOf(segment, phase) < 2);
}

/**
 * A notebook that is one stage: what it does if that is one thing. Headings inside of it name parts. Nearly every
 * notebook reads something: that alone is what it does only where that is half of it.
 */
function wholeName(segment: Segment, title: string | undefined): StageName {
  const done = phases.filter((phase) => segment.leans.some((lean) => (lean[phase] ?? 0) > 1));
  const [phase, ...others] = done;
  const reading = segment.leans.filter(({ ingest }) => ingest !== undefined).length;
  const isOnlyRead = phase === "ingest" && 2 * reading < segment.leans.length;
  const name = phase === undefined || others.length > 0 || isOnlyRead ? "pipeline" : phase;
  return { name, title: title ?? titleOf(name) };
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

/**
 * Of several stages that could have a name, the one whose heading says it and which has such work, as far as any has;
 * else the one that has most of it. Of several that load, the first.
 */
function ownerOf(kind: string, segments: readonly Segment[], kinds: readonly (string | undefined)[]): number {
  if (kind === "ingest") return kinds.indexOf(kind);
  const weights = segments.map((segment, index) => (kinds[index] === kind ? weightOf(segment, kind) : -1));
  const most = Math.max(...weights);
  const says = segments.findIndex(
    (segment, index) => kinds[index] === kind && claimOf(segment) === kind && (weights[index] !== 0 || most === 0),
  );
  return says === -1 ? weights.indexOf(most) : says;
}

/**
 * What the work says the stage is, or what its heading says where the work says nothing or the same. What leaves nothing
 * behind loads, prepares and trains nothing, whatever the heading says.
 */
export function canonicalName(segment: Segment): string | undefined {
  if (segment.tag !== undefined) return segment.tag;
  const phase = phaseOf(segment);
  const claimed = claimOf(segment);
  const said = claimed === "evaluate" || segment.statements.some(leavesSomething) ? claimed : undefined;
  if (said === undefined || said === "report") return phase;
  return phase === undefined || weightOf(segment, said) > 0 || weightOf(segment, phase) < 3 ? said : phase;
}

/** What the heading says that the stage is: what trains a model under `Train and evaluate` is training. */
function claimOf({ heading, leans }: Segment): string | undefined {
  const said = saidBy(heading);
  return said === "evaluate" && leans.some(isTraining) && speaksOfTrainingFirst(heading ?? "") ? "train" : said;
}

function leavesSomething({ binds, changes, changesToo }: Segment["statements"][number]): boolean {
  return binds.size > 0 || changes.size > 0 || changesToo.size > 0;
}

function weightOf({ leans }: Segment, name: string): number {
  return leans.reduce((sum, lean) => sum + (Object.hasOwn(lean, name) ? (lean[name as Phase] ?? 0) : 0), 0);
}

const titles: Readonly<Record<string, string>> = {
  ingest: "Load the data",
  features: "Prepare the features",
  prepare: "Prepare the data",
  train: "Train the model",
  validate: "Check the data",
  evaluate: "Evaluate the model",
  predict: "Predict",
  report: "Show tables and figures",
  save: "Save the results",
  pipeline: "The whole notebook",
};

/** The title of a stage that no heading names. */
export function titleOf(name: string): string {
  const words = name.replaceAll("_", " ");
  return titles[name] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
