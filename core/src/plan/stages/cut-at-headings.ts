import type { Bench } from "../bench.ts";
import type { Facts } from "../facts.ts";
import { saidBy } from "./heading-names.ts";
import { type Heading, headingsOf, sectionHeadings } from "./headings.ts";
import { runsOf } from "./runs-of.ts";

/** Sections with work in them, by the highest level of headings that makes at least two. */
export function cutAtHeadings(bench: Bench, work: readonly Facts[]): { statements: Facts[]; heading?: string }[] {
  const headings = sectionHeadings(headingsOf(bench.analysis.notebook));
  let found: { statements: Facts[]; heading?: string }[] = [{ statements: [...work] }];
  for (let level = 1; level <= 4; level++) {
    found = sectionsAt(
      headings.filter((each) => each.level <= level),
      headings,
      work,
    );
    if (found.length >= 2) return found;
  }
  return found;
}

function sectionsAt(
  headings: readonly Heading[],
  all: readonly Heading[],
  work: readonly Facts[],
): { statements: Facts[]; heading?: string }[] {
  const above = (these: readonly Heading[], { statement }: Facts) =>
    these.findLastIndex(({ cell }) => cell < statement.cell);
  return runsOf(work, (facts) => above(headings, facts)).map((statements) => {
    const [first, last] = [statements[0] as Facts, statements.at(-1) as Facts];
    const heading = headings[above(headings, first)]?.text;
    if (heading === undefined) return { statements };
    // Of a section to be looked at, what works may stand under one heading of its own.
    const own = above(all, first) === above(all, last) ? all[above(all, first)]?.text : undefined;
    return { statements, heading: saidBy(heading) === "report" ? (own ?? heading) : heading };
  });
}
