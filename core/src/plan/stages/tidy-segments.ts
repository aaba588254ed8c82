import type { Bench } from "../bench.ts";
import type { PlanOptions } from "../options.ts";
import { namesOfHeading } from "./heading-names.ts";
import { isTraining } from "./phases.ts";
import { cellsOf, joinSegments, phaseOf, type Segment, sizeOf } from "./segment.ts";
import { canonicalName, isEnding, onlySaves } from "./stage-names.ts";

/**
 * Joins segments that are no stage of their own: a model that is made in one and fitted in the next, work that speaks
 * for no phase and has no heading that does, two in a row of one phase without headings; and in a small notebook the
 * smallest, until every stage has the size of two cells on average; never to one stage where the author gave each of
 * several a heading that says what it is for.
 */
export function tidySegments(bench: Bench, segments: readonly Segment[], options: PlanOptions): Segment[] {
  if (options.stages === "headings" || options.stages === "single") return [...segments];
  const last = segments.at(-1);
  const isStage = (segment: Segment) => speaks(segment) || (segment === last && isEnding(segment));
  let tidy = joinWhere(segments, (one, next) => isUnfitted(one) && phaseOf(next) === "train");
  tidy = joinWhere(tidy, (one, next) => isFree(one, next) && areOfOneKind(one, next) && isBare(one, next));
  tidy = joinWhere(tidy, (one, next) => isFree(one, next) && isSmall(one) && !isStage(one));
  tidy = joinWhere(tidy, (one, next) => isFree(one, next) && isSmall(next) && !isStage(next));
  const size = sizeOf({ statements: tidy.flatMap(({ statements }) => statements), leans: [] });
  const fewest = tidy.length > 1 && tidy.every((each) => each.heading !== undefined && isStage(each)) ? 2 : 1;
  while (tidy.length > Math.max(fewest, Math.ceil(size / 2)) && tidy.some(({ tag }) => tag === undefined)) {
    const joined = joinSmallest(tidy);
    if (joined.length === tidy.length) break;
    bench.notes.push("Some steps are one stage: each is too small for one of its own.");
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

/** It makes a model, above all, and trains none. */
function isUnfitted(segment: Segment): boolean {
  return phaseOf(segment) === "train" && !segment.leans.some(isTraining);
}

function isFree(one: Segment, next: Segment): boolean {
  return one.tag === undefined && next.tag === undefined;
}

/** Of one phase; a section that prepares more than it trains, but trains, goes on where one that only prepares ended. */
function areOfOneKind(one: Segment, next: Segment): boolean {
  return phaseOf(one) === phaseOf(next) && one.leans.some(isTraining) === next.leans.some(isTraining);
}

function isBare(one: Segment, next: Segment): boolean {
  return one.heading === undefined || next.heading === undefined || one.heading === next.heading;
}

/** By its work or by its heading it is a stage that a person would name. */
function speaks(segment: Segment): boolean {
  return canonicalName(segment) !== undefined || onlySaves(segment);
}

/** Too small to be a stage that nothing speaks for: one cell, or two without a heading that could be its name. */
function isSmall(segment: Segment): boolean {
  const isNamed = segment.heading !== undefined && namesOfHeading(segment.heading).length > 0;
  return cellsOf(segment) <= (isNamed ? 1 : 2);
}

/** What it costs, in cells, to join segments of two phases; half of that where one of them has none. */
const costOfMixing = 1.5;

/** Joins the two neighbours that are smallest together, rather of one phase than of two. */
function joinSmallest(segments: readonly Segment[]): Segment[] {
  const costs = segments.slice(1).map((next, index) => {
    const one = segments[index] as Segment;
    if (!isFree(one, next)) return Number.POSITIVE_INFINITY;
    const [phase, following] = [canonicalName(one), canonicalName(next)];
    const isMixed = phase === following ? 0 : phase === undefined || following === undefined ? 0.5 : 1;
    return sizeOf(one) + sizeOf(next) + isMixed * costOfMixing;
  });
  const least = Math.min(...costs);
  if (!Number.isFinite(least)) return [...segments];
  const first = costs.indexOf(least);
  const [one, other] = [segments[first] as Segment, segments[first + 1] as Segment];
  return [...segments.slice(0, first), joinSegments(one, other), ...segments.slice(first + 2)];
}
