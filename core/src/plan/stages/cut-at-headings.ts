import type { Bench } from "../bench.ts";
import type { Facts } from "../facts.ts";
import { saidBy } from "./heading-names.ts";
import { type Heading, headingsOf, sectionHeadings } from "./headings.ts";
import { runsOf } from "./runs-of.ts";

interface Section {
  readonly statements: Facts[];
  readonly heading?: string;
}

/**
 * Sections with work in them, by the highest level of headings that makes at least two; a title above the chapter's, with
 * a cell of its own, makes none.
 */
export function cutAtHeadings(bench: Bench, work: readonly Facts[]): readonly Section[] {
  const headings = sectionHeadings(headingsOf(bench.analysis.notebook));
  let first: readonly Section[] | undefined;
  for (let level = 1; level <= 4; level++) {
    const found = sectionsAt(
      headings.filter((each) => each.level <= level),
      headings,
      work,
    );
    if (found.length < 2) continue;
    if (!isAlmostWhole(found) && !isLoose(found, headings)) return found;
    first ??= found;
  }
  return first ?? [{ statements: [...work] }];
}

/** Of two sections, the one is a single cell and the other has nearly all the work. */
function isAlmostWhole(sections: readonly Section[]): boolean {
  const sizes = sections.map(({ statements }) => new Set(statements.map(({ statement }) => statement.cell)).size);
  const [small = 0, large = 0] = sizes.sort((one, other) => one - other);
  return sizes.length === 2 && small === 1 && large > mostBeside;
}

/**
 * Before the first heading of the level stand several of lower ones with work below them: the author took the levels for
 * sizes of letters, and what is below the level parts the notebook too.
 */
function isLoose([first]: readonly Section[], headings: readonly Heading[]): boolean {
  if (first === undefined || first.heading !== undefined) return false;
  const over = first.statements.map(({ statement }) => headings.findLastIndex(({ cell }) => cell < statement.cell));
  return new Set(over.filter((at) => at !== -1)).size > 1;
}

/** So many cells are no single stage beside one of a cell. */
const mostBeside = 10;

function sectionsAt(headings: readonly Heading[], all: readonly Heading[], work: readonly Facts[]): readonly Section[] {
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
