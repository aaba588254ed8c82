import type { Bench } from "../bench.ts";
import type { Facts } from "../facts.ts";
import type { PlanOptions } from "../options.ts";
import { joinSegments, phaseOf, type Segment } from "./segments.ts";
import { canonicalName } from "./stage-names.ts";

/**
 * Joins segments that are no stage of their own: a model that is made in one and fitted in the next, work that speaks
 * for no phase and has no heading that does, two in a row of one phase without headings; and in a small notebook the smallest, until every stage has
 * two cells on average; never to one stage where the author gave each of several a heading that says what it is for.
 */
export function tidySegments(bench: Bench, segments: readonly Segment[], options: PlanOptions): Segment[] {
  if (options.stages === "headings" || options.stages === "single") return [...segments];
  let tidy = joinWhere(segments, (one, next) => isUnfitted(one) && phaseOf(next) === "train");
  tidy = joinWhere(tidy, (one, next) => isFree(one, next) && phaseOf(one) === phaseOf(next) && isBare(one, next));
  tidy = joinWhere(tidy, (one, next) => isFree(one, next) && isSmall(one) && !speaks(one));
  tidy = joinWhere(tidy, (one, next) => isFree(one, next) && isSmall(next) && !speaks(next));
  const cells = new Set(tidy.flatMap(({ statements }) => statements.map(({ statement }) => statement.cell))).size;
  const fewest = tidy.length > 1 && tidy.every((each) => each.heading !== undefined && speaks(each)) ? 2 : 1;
  while (tidy.length > Math.max(fewest, Math.ceil(cells / 2)) && tidy.some(({ tag }) => tag === undefined)) {
    const joined = joinSmallest(tidy);
    if (joined.length === tidy.length) break;
    bench.notes.push("Some steps are one stage, because the notebook is small.");
    tidy = joined;
  }
  return tidy;
}

function joinWhere(segments: readonly Segment[], belong: (one: Segment, next: Segment) => boolean): Segment[] {
  const joined: Segment[] = [];
  for (const next of segments) {
    const last = joined.at(-1);
    if (last !== undefined && last.tag === next.tag && belong(last, next))
      joined[joined.length - 1] = joinSegments(last, next);
    else joined.push(next);
  }
  return joined;
}

/** A model is made in it and nothing is fitted. */
function isUnfitted({ leans }: Segment): boolean {
  const weights = leans.map(({ train }) => train ?? 0);
  return Math.max(0, ...weights) === 2;
}

function isFree(one: Segment, next: Segment): boolean {
  return one.tag === undefined && next.tag === undefined;
}

function isBare(one: Segment, next: Segment): boolean {
  return one.heading === undefined || next.heading === undefined || one.heading === next.heading;
}

/** By its work or by its heading it is a stage that a person would name. */
function speaks(segment: Segment): boolean {
  return canonicalName(segment, false) !== undefined;
}

function isSmall({ statements }: Segment): boolean {
  return cellsOf(statements).size <= 2;
}

function cellsOf(statements: readonly Facts[]): Set<number> {
  return new Set(statements.map(({ statement }) => statement.cell));
}

/** Joins the smallest segment with the smaller of its neighbours. */
function joinSmallest(segments: readonly Segment[]): Segment[] {
  const sizes = segments.map(({ statements, tag }) =>
    tag === undefined ? cellsOf(statements).size : Number.POSITIVE_INFINITY,
  );
  const smallest = sizes.indexOf(Math.min(...sizes));
  const before = sizes[smallest - 1] ?? Number.POSITIVE_INFINITY;
  const after = sizes[smallest + 1] ?? Number.POSITIVE_INFINITY;
  if (!Number.isFinite(Math.min(before, after))) return [...segments];
  const first = before <= after ? smallest - 1 : smallest;
  const one = segments[first];
  const other = segments[first + 1];
  if (one === undefined || other === undefined) return [...segments];
  return [...segments.slice(0, first), joinSegments(one, other), ...segments.slice(first + 2)];
}
