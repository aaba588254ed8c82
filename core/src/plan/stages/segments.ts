import { type Bench, tell } from "../bench.ts";
import type { Facts } from "../facts.ts";
import { type PlanOptions, stageTag } from "../options.ts";
import { type Heading, headingsOf, sectionHeadings } from "./headings.ts";
import { type Lean, leanOf, leansOfDefinitions, phases, strongest, sumOf } from "./phases.ts";

/** Statements that follow one another and will be a stage, before they have a name. */
export interface Segment {
  readonly statements: readonly Facts[];
  readonly leans: readonly Lean[];
  readonly heading?: string;
  /** The name that cells were tagged with. */
  readonly tag?: string;
}

/** Cuts the work into segments, by tags, headings and what the statements do. */
export function cutWork(bench: Bench, work: readonly Facts[], options: PlanOptions): Segment[] {
  const definitions = leansOfDefinitions(bench);
  const leans = new Map(work.map((facts) => [facts, leanOf(facts, definitions)]));
  const segment = (statements: readonly Facts[], more: { heading?: string; tag?: string } = {}): Segment => ({
    statements,
    leans: statements.map((each) => leans.get(each) ?? {}),
    ...more,
  });
  if (options.stages === "single") return work.length === 0 ? [] : [segment(work)];
  const byTag = runsOf(work, ({ statement }) => tagOf(bench, statement.cell) ?? "");
  tellParted(bench, byTag);
  return byTag.flatMap((run) => {
    const tag = tagOf(bench, (run[0] as Facts).statement.cell);
    if (tag !== undefined) return [segment(run, { tag })];
    const sections = options.stages === "roles" ? [] : cutAtHeadings(bench, run);
    if (sections.length < 2 && options.stages !== "headings") return cutAtRoles(segment(run, headingOfOnly(sections)));
    return sections.flatMap(({ statements, heading }) => {
      const whole = segment(statements, heading === undefined ? {} : { heading });
      const isMost =
        statements.length > 0.6 * work.length && phases.filter((phase) => hasPhase(whole, phase)).length > 2;
      return isMost && options.stages !== "headings" ? cutAtRoles(whole) : [whole];
    });
  });
}

function tagOf(bench: Bench, cell: number): string | undefined {
  for (const tag of bench.cells.get(cell)?.cell.tags ?? []) {
    const name = stageTag.exec(tag)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Cells of one tag that others part are stages of their own: what stands between them runs between them. */
function tellParted(bench: Bench, runs: readonly (readonly Facts[])[]): void {
  const seen = new Set<string>();
  for (const [first] of runs) {
    const tag = first && tagOf(bench, first.statement.cell);
    if (first === undefined || tag === undefined) continue;
    if (seen.has(tag)) {
      tell(
        bench,
        `Cell ${first.statement.cell} is not in the stage ${tag} of the cells before it, as it is tagged: other steps run between.`,
      );
    }
    seen.add(tag);
  }
}

function headingOfOnly(sections: readonly { readonly heading?: string | undefined }[]): { heading?: string } {
  const heading = sections[0]?.heading;
  return heading === undefined ? {} : { heading };
}

function hasPhase({ leans }: Segment, phase: (typeof phases)[number]): boolean {
  return leans.some((lean) => (lean[phase] ?? 0) > 1);
}

/** Pieces of a list whose items have the same key, in order. */
function runsOf<Item>(items: readonly Item[], key: (item: Item) => string | number): Item[][] {
  const runs: Item[][] = [];
  let last: string | number | undefined;
  for (const item of items) {
    const own = key(item);
    if (runs.length === 0 || own !== last) runs.push([item]);
    else runs.at(-1)?.push(item);
    last = own;
  }
  return runs;
}

/** Sections with work in them, by the highest level of headings that makes at least two. */
function cutAtHeadings(bench: Bench, work: readonly Facts[]): { statements: Facts[]; heading?: string }[] {
  const headings = sectionHeadings(headingsOf(bench.analysis.notebook));
  let found: { statements: Facts[]; heading?: string }[] = [{ statements: [...work] }];
  for (let level = 1; level <= 4; level++) {
    found = sectionsAt(
      headings.filter((each) => each.level <= level),
      work,
    );
    if (found.length >= 2) return found;
  }
  return found;
}

function sectionsAt(headings: readonly Heading[], work: readonly Facts[]): { statements: Facts[]; heading?: string }[] {
  const sectionOf = ({ statement }: Facts) => headings.findLastIndex(({ cell }) => cell < statement.cell);
  return runsOf(work, sectionOf).map((statements) => {
    const heading = headings[sectionOf(statements[0] as Facts)]?.text;
    return heading === undefined ? { statements } : { statements, heading };
  });
}

/** What another phase costs than the one that a statement speaks for, per unit of its weight; and what a cut costs. */
const costOfCut = 2.5;
const costOfCutBack = 5;

/** The cheapest cut into phases: few cuts, few statements in another phase than theirs (Viterbi's algorithm). */
function cutAtRoles(whole: Segment): Segment[] {
  const { statements, leans, ...more } = whole;
  const costs: number[][] = [];
  const from: number[][] = [];
  for (const [at, lean] of leans.entries()) {
    const most = Math.max(0, ...phases.map((phase) => lean[phase] ?? 0));
    const own = phases.map((phase) => most - (lean[phase] ?? 0));
    const before = costs[at - 1];
    costs.push([]);
    from.push([]);
    for (const [phase, cost] of own.entries()) {
      const ways = phases.map((_, last) => {
        if (before === undefined) return last === phase ? 0 : Number.POSITIVE_INFINITY;
        const cut = last === phase ? 0 : last < phase ? costOfCut : costOfCutBack;
        return (before[last] as number) + cut;
      });
      const best = ways.indexOf(Math.min(...ways));
      costs[at]?.push((ways[best] as number) + cost);
      from[at]?.push(best);
    }
  }
  const chosen: number[] = [];
  let phase = costs.at(-1)?.indexOf(Math.min(...(costs.at(-1) ?? []))) ?? 0;
  for (let at = statements.length - 1; at >= 0; at--) {
    chosen[at] = phase;
    phase = from[at]?.[phase] ?? 0;
  }
  const runs = runsOf([...statements.keys()], (at) => chosen[at] as number);
  return runs.map((run) => ({
    statements: run.map((at) => statements[at] as Facts),
    leans: run.map((at) => leans[at] as Lean),
    ...(runs.length === 1 ? more : {}),
  }));
}

export function joinSegments(one: Segment, other: Segment): Segment {
  const heading = strongest(sumOf(other.leans)) === strongest(sumOf([...one.leans, ...other.leans])) ? other : one;
  return {
    statements: [...one.statements, ...other.statements],
    leans: [...one.leans, ...other.leans],
    ...((heading.heading ?? one.heading ?? other.heading) === undefined
      ? {}
      : { heading: (heading.heading ?? one.heading ?? other.heading) as string }),
    ...((one.tag ?? other.tag) === undefined ? {} : { tag: (one.tag ?? other.tag) as string }),
  };
}

export function phaseOf(segment: Segment): ReturnType<typeof strongest> {
  return strongest(sumOf(segment.leans));
}
