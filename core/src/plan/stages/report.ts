import type { StatementId } from "../../dataflow/model.ts";
import { walk } from "../../python/walk.ts";
import { append } from "../../text/append.ts";
import type { Bench } from "../bench.ts";
import { type Facts, needs, readsSurely } from "../facts.ts";
import { unsavableAfter } from "../unsavable.ts";
import { cellsByFigure } from "./figure-cells.ts";
import { filePairs } from "./file-order.ts";
import type { Flow } from "./flow.ts";
import type { Segment } from "./segment.ts";

/** What only shows something, apart from the work. */
export interface Report {
  readonly statements: readonly Facts[];
  /** Which stage made the version of each name that it shows. */
  readonly inputs: ReadonlyMap<string, number>;
  /** Statements that must show where they stand, because what they show is different at the end of its stage. */
  readonly staying: readonly Facts[];
}

/**
 * Moves exploration to a stage of its own, a cell at a time, where the values that it shows are still the same at the
 * end of the stage that made them. One name can be given in one version only; whatever needs another stays. So does what
 * a cell that works prints, or ends with: it tells what came of the work.
 */
export function moveToReport(
  bench: Bench,
  exploration: readonly Facts[],
  segments: readonly Segment[],
  flows: readonly Flow[],
): Report {
  const producers = producersByName(segments, flows);
  const groups = connectedGroups(exploration, cellsByFigure(bench), producers).map((group) => ({
    group,
    wanted: versionsFor(bench, group, producers, segments),
  }));
  const chosen = mostWanted(groups.flatMap(({ wanted }) => (wanted === undefined ? [] : [wanted])));
  const inputs = new Map<string, number>();
  const statements: Facts[] = [];
  const staying: Facts[] = [];
  const working = new Set(segments.flatMap(({ statements: work }) => work.map(({ statement }) => statement.cell)));
  const hasToStay = ({ group, wanted }: Group) =>
    wanted === undefined ||
    [...wanted].some(([name, from]) => chosen.get(name) !== from) ||
    group.every((facts) => tellsOfWork(facts, working));
  const moving = groups.filter((each) => !hasToStay(each));
  const stays = withWhatTheyNeed(
    bench,
    groups.map(({ group }) => group),
    new Set(groups.filter((each) => !moving.includes(each) || isBoundBefore(each, moving)).map(({ group }) => group)),
  );
  for (const { group, wanted = new Map<string, number>() } of groups) {
    if (stays.has(group)) {
      staying.push(...group);
      continue;
    }
    for (const [name, from] of wanted) inputs.set(name, from);
    statements.push(...group);
  }
  const inOrder = (one: Facts, other: Facts) => one.position - other.position;
  return { statements: statements.sort(inOrder), inputs, staying: staying.sort(inOrder) };
}

interface Group {
  readonly group: readonly Facts[];
  readonly wanted: ReadonlyMap<string, number> | undefined;
}

/** Whether another group would bind anew, before it, what a group is to be given. */
function isBoundBefore({ group, wanted }: Group, moving: readonly Group[]): boolean {
  const last = group.at(-1)?.position ?? -1;
  return moving.some(
    (other) =>
      other.group !== group &&
      other.group.some(({ binds, position }) => position < last && [...binds.keys()].some((name) => wanted?.has(name))),
  );
}

/**
 * The groups that stay, with those that bind what they need (`color = sns.color_palette()`), those that need one of
 * several values that such a name has, and those that must have used a file before.
 */
function withWhatTheyNeed(
  bench: Bench,
  groups: readonly (readonly Facts[])[],
  staying: ReadonlySet<readonly Facts[]>,
): ReadonlySet<readonly Facts[]> {
  const binders = new Map<string, Set<readonly Facts[]>>();
  const users = new Map<string, Set<readonly Facts[]>>();
  const add = (those: Map<string, Set<readonly Facts[]>>, name: string, group: readonly Facts[]) =>
    those.set(name, (those.get(name) ?? new Set()).add(group));
  const groupOf = new Map(groups.flatMap((group) => group.map(({ id }) => [id, group] as const)));
  const beforeThem = new Map<StatementId, (readonly Facts[])[]>();
  for (const { from, to } of filePairs(bench.dataflow)) {
    const group = groupOf.get(from);
    if (group !== undefined) append(beforeThem, to, group);
  }
  for (const group of groups) {
    for (const facts of group) {
      for (const name of facts.binds.keys()) add(binders, name, group);
      for (const name of needs(facts)) add(users, name, group);
    }
  }
  const found = new Set(staying);
  for (const group of found) {
    for (const facts of group) {
      for (const earlier of beforeThem.get(facts.id) ?? []) found.add(earlier);
      for (const name of needs(facts)) for (const binder of binders.get(name) ?? []) found.add(binder);
      for (const name of facts.binds.keys())
        if ((binders.get(name)?.size ?? 0) > 1) for (const user of users.get(name) ?? []) found.add(user);
    }
  }
  return found;
}

/** A print or a bare value in a cell that does some work: it tells what came of it, and stays with it. */
function tellsOfWork({ statement: { node, cell } }: Facts, working: ReadonlySet<number>): boolean {
  if (node.type !== "Expr" || !working.has(cell)) return false;
  const { value } = node;
  if (value.type === "Call") return value.func.type === "Name" && value.func.id === "print";
  return ![...walk(node)].some(({ node: each }) => each.type === "Call");
}

/** For each name the version that most groups want; the later of two alike. */
function mostWanted(all: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, Map<number, number>>();
  for (const wanted of all) {
    for (const [name, from] of wanted) {
      const known = counts.get(name) ?? new Map<number, number>();
      counts.set(name, known.set(from, (known.get(from) ?? 0) + 1));
    }
  }
  const best = ([from, count]: [number, number], [other, most]: [number, number]) => most - count || other - from;
  return new Map([...counts].map(([name, known]) => [name, ([...known].sort(best)[0] as [number, number])[0]]));
}

interface Producer {
  readonly stage: number;
  readonly position: number;
}

/** Every statement of the work that leaves another value in a name, or takes it away, in order. */
function producersByName(
  segments: readonly Segment[],
  flows: readonly Flow[],
): ReadonlyMap<string, readonly Producer[]> {
  const producers = new Map<string, Producer[]>();
  for (const [stage, { statements }] of segments.entries()) {
    const produced = flows[stage]?.produced ?? new Set<string>();
    // What a stage deletes in the end it does not produce, and had nevertheless.
    const deleted = new Set(statements.flatMap(({ deletes }) => [...deletes]));
    for (const { position, binds, changes, changesToo, deletes } of statements) {
      for (const name of new Set([...binds.keys(), ...changes, ...changesToo, ...deletes])) {
        if (!produced.has(name) && !deleted.has(name) && !binds.has(name)) continue;
        append(producers, name, { stage, position });
      }
    }
  }
  return producers;
}

/** The statements of a cell, together with those of other cells that use what it draws on, unless work bound it anew. */
function connectedGroups(
  exploration: readonly Facts[],
  figureOf: (cell: number) => number,
  producers: ReadonlyMap<string, readonly Producer[]>,
): Facts[][] {
  const groups: Facts[][] = [];
  const groupOfCell = new Map<number, Facts[]>();
  const groupOfName = new Map<string, { readonly group: Facts[]; readonly since: number }>();
  const groupBehind = (name: string, { position }: Facts) => {
    const { group, since = position } = groupOfName.get(name) ?? {};
    const isAnother = producers.get(name)?.some((made) => made.position > since && made.position < position);
    return isAnother === true ? undefined : group;
  };
  for (const facts of exploration) {
    const cell = figureOf(facts.statement.cell);
    let group = groupOfCell.get(cell);
    const drawn = [...needs(facts)].map((name) => groupBehind(name, facts)).find((each) => each !== undefined);
    if (group === undefined) {
      group = drawn ?? [];
      if (drawn === undefined) groups.push(group);
      groupOfCell.set(cell, group);
    }
    group.push(facts);
    for (const name of facts.binds.keys()) groupOfName.set(name, { group, since: facts.position });
  }
  return groups;
}

/** The stage that made each name that a group needs; `undefined` where one of them cannot be had elsewhere. */
function versionsFor(
  bench: Bench,
  group: readonly Facts[],
  producers: ReadonlyMap<string, readonly Producer[]>,
  segments: readonly Segment[],
): ReadonlyMap<string, number> | undefined {
  const wanted = new Map<string, number>();
  const own = new Map<string, number>();
  for (const facts of group) {
    for (const name of needs(facts)) {
      const all = producers.get(name) ?? [];
      const made = all.findLast(({ position }) => position < facts.position);
      const bound = own.get(name);
      if (made === undefined || (bound !== undefined && bound > made.position)) continue;
      // Its own value and one that it is given cannot both have the name.
      if (bound !== undefined) return undefined;
      const isChangedAfter = all.some(({ stage, position }) => stage === made.stage && position > facts.position);
      const isOther = (wanted.get(name) ?? made.stage) !== made.stage;
      const last = segments[made.stage]?.statements.at(-1);
      if (isChangedAfter || isOther || last === undefined || unsavableAfter(bench, name, last.id) !== undefined)
        return undefined;
      // Bound on some paths only, it cannot be handed on for what reads it on some paths only.
      if (bench.dataflow.valueAfter(last.id, name)?.certain === false && !readsSurely(facts, name)) return undefined;
      wanted.set(name, made.stage);
    }
    for (const [name, certainty] of facts.binds) if (certainty === "must") own.set(name, facts.position);
  }
  return wanted;
}

/** Puts statements back among the work, each into the stage of the work before it, or of the work below it in its cell. */
export function putBack(segments: readonly Segment[], staying: readonly Facts[]): Segment[] {
  const added = Map.groupBy(staying, (facts) => homeOf(segments, facts));
  return segments.map((segment, index) => {
    const more = added.get(index);
    if (more === undefined) return segment;
    const statements = [...segment.statements, ...more].sort((one, other) => one.position - other.position);
    return { ...segment, statements, leans: [...segment.leans, ...more.map(() => ({}))] };
  });
}

function homeOf(segments: readonly Segment[], { position, statement }: Facts): number {
  const before = segments.findLastIndex(({ statements }) => (statements[0]?.position ?? 0) <= position);
  const next = segments[before + 1]?.statements[0];
  const isAmongWork = (segments[before]?.statements.at(-1)?.position ?? -1) > position;
  return !isAmongWork && next?.statement.cell === statement.cell ? before + 1 : Math.max(before, 0);
}
