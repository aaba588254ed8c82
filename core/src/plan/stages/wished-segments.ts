import { append } from "../../text/append.ts";
import type { Bench } from "../bench.ts";
import { type PlanWish, wishedPlaces } from "../edited/wish.ts";
import { type Facts, needs } from "../facts.ts";
import { filePairs } from "./file-order.ts";
import type { Segment } from "./segment.ts";

/**
 * Cuts the work as a person wants it. Where a statement would then run before what it depends on, as few statements as
 * possible go to another stage, or stages become one.
 */
export function wishedSegments(bench: Bench, work: readonly Facts[], wish: PlanWish): Segment[] {
  const before = dependencies(bench, work);
  const named = placesOf(work, wish);
  for (const why of reasons(bench, work, wish, named)) bench.unfulfilled.push(why);
  const order = runningOrder(named, before, wish.stages.length);
  const wanted = named.map((place) => order.indexOf(place));
  const places = mended(wanted, before);
  const segments = new Map<number, Facts[]>();
  for (const [at, facts] of work.entries()) {
    const place = places[at] as number;
    append(segments, place, facts);
  }
  return [...segments]
    .sort(([one], [other]) => one - other)
    .map(([place, statements]) => {
      const { name, title } = wish.stages[order[place] ?? place] ?? { name: "compute", title: "" };
      const leans = statements.map(() => ({}));
      return { statements, leans, tag: name, ...(title === "" ? {} : { heading: title }) };
    });
}

/**
 * Wishes that contradict the files that statements share and the random streams that they draw from, one sentence for two
 * stages. What names say is told by the faults of the plan itself.
 */
function reasons(bench: Bench, work: readonly Facts[], wish: PlanWish, wanted: readonly number[]): readonly string[] {
  const placeOf = new Map(work.map(({ id }, index) => [id, wanted[index] as number]));
  const told = new Map<string, string>();
  const random = bench.dataflow.edges.filter(({ kind }) => kind === "random");
  const apart = [
    ...filePairs(bench.dataflow).map((pair) => ({ ...pair, why: "they use one file" })),
    ...random.map((edge) => ({ ...edge, why: "they draw from one random stream" })),
  ];
  for (const { from, to, why } of apart) {
    const [its, own] = [placeOf.get(from), placeOf.get(to)];
    if (its === undefined || own === undefined || its <= own) continue;
    const [stage, later] = [wish.stages[own]?.name, wish.stages[its]?.name];
    told.set(
      `${own} ${its}`,
      `Statement ${to} in stage ${stage} must come after ${from}, which is in the later stage ${later}: ${why}.`,
    );
  }
  return [...told.values()];
}

/** The stage that each statement is wished into; one that nobody named goes with those before it. */
function placesOf(work: readonly Facts[], wish: PlanWish): readonly number[] {
  const wished = wishedPlaces(wish);
  const first = work.map(({ id }) => wished.get(id)).find((place) => place !== undefined) ?? 0;
  let last = first;
  return work.map(({ id }) => {
    last = wished.get(id) ?? last;
    return last;
  });
}

/** For each statement the earlier ones (by their place in `work`) that must have run before it. */
function dependencies(bench: Bench, work: readonly Facts[]): readonly ReadonlySet<number>[] {
  const at = new Map(work.map(({ id }, index) => [id, index]));
  const before = work.map(() => new Set<number>());
  const writer = new Map<string, number>();
  const readers = new Map<string, number[]>();
  const wait = (index: number, earlier: number | undefined) => {
    if (earlier !== undefined && earlier !== index) before[index]?.add(earlier);
  };
  for (const [index, facts] of work.entries()) {
    for (const name of needs(facts)) {
      wait(index, writer.get(name));
      append(readers, name, index);
    }
    const { binds, changes, changesToo, deletes } = facts;
    for (const name of new Set([...binds.keys(), ...changes, ...changesToo, ...deletes])) {
      wait(index, writer.get(name));
      for (const reader of readers.get(name) ?? []) wait(index, reader);
      writer.set(name, index);
      readers.set(name, []);
    }
  }
  for (const { from, to } of [...bench.dataflow.edges, ...filePairs(bench.dataflow)]) {
    const [earlier, later] = [at.get(from), at.get(to)];
    if (earlier !== undefined && later !== undefined && earlier < later) wait(later, earlier);
  }
  return before;
}

/** The wished stages in an order in which each finds what it waits for, as near to theirs as can be; theirs for a cycle. */
function runningOrder(
  places: readonly number[],
  before: readonly ReadonlySet<number>[],
  count: number,
): readonly number[] {
  const waits = Array.from({ length: count }, () => new Set<number>());
  for (const [index, earlier] of before.entries()) {
    const own = places[index] as number;
    for (const other of earlier) if (places[other] !== own) waits[own]?.add(places[other] as number);
  }
  const order: number[] = [];
  const open = new Set(waits.keys());
  while (open.size > 0) {
    const next = [...open].find((place) => [...(waits[place] ?? [])].every((earlier) => !open.has(earlier)));
    if (next === undefined) return [...waits.keys()];
    open.delete(next);
    order.push(next);
  }
  return order;
}

/** Places in which nothing waits for a later stage: of three ways the one that changes the fewest. */
function mended(wanted: readonly number[], before: readonly ReadonlySet<number>[]): readonly number[] {
  const ways = [later(wanted, before), earlier(wanted, before), joined(wanted, before)];
  const costs = ways.map((way) => way.filter((place, index) => place !== wanted[index]).length);
  return ways[costs.indexOf(Math.min(...costs))] as readonly number[];
}

/** What depends on a later stage goes there. */
function later(wanted: readonly number[], before: readonly ReadonlySet<number>[]): number[] {
  const places = [...wanted];
  for (const [index, waits] of before.entries())
    for (const earlier of waits) places[index] = Math.max(places[index] as number, places[earlier] as number);
  return places;
}

/** What an earlier stage depends on goes there. */
function earlier(wanted: readonly number[], before: readonly ReadonlySet<number>[]): number[] {
  const places = [...wanted];
  for (const [index, waits] of [...before.entries()].reverse())
    for (const earlier of waits) places[earlier] = Math.min(places[earlier] as number, places[index] as number);
  return places;
}

/** Stages that wait for each other are one: the first of them. */
function joined(wanted: readonly number[], before: readonly ReadonlySet<number>[]): number[] {
  const last = Math.max(0, ...wanted);
  const startOf = Array.from({ length: last + 1 }, (_, place) => place);
  for (const [index, waits] of before.entries()) {
    for (const other of waits) {
      const [low, high] = [wanted[index] as number, wanted[other] as number];
      for (let place = low + 1; place <= high; place++) startOf[place] = Math.min(startOf[place] as number, low);
    }
  }
  for (let place = 1; place <= last; place++) {
    const start = startOf[place] as number;
    if (start < place) startOf[place] = startOf[start] as number;
  }
  return wanted.map((place) => startOf[place] as number);
}
