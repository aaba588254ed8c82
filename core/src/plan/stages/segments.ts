import type { StatementId } from "../../dataflow/model.ts";
import { type Bench, tell } from "../bench.ts";
import type { Facts } from "../facts.ts";
import { type PlanOptions, stageTag } from "../options.ts";
import { namesOfHeading, saidBy } from "./heading-names.ts";
import { type Heading, headingsOf, sectionHeadings } from "./headings.ts";
import { type Lean, leanOf, leansOfDefinitions, type Phase, phases, strongest, sumOf } from "./phases.ts";

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
  const reading = readingOf(bench);
  const leans = new Map(work.map((facts) => [facts, leanOf(facts, definitions, reading)]));
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
    const parts = sections.map(({ statements, heading }) =>
      segment(statements, heading === undefined ? {} : { heading }),
    );
    if (options.stages === "headings") return parts;
    // Where several train, or one says that it evaluates, the author's sections are kept.
    const training = parts.filter(({ leans: all, heading }) => all.some(isTraining) || saidBy(heading) === "evaluate");
    return parts.flatMap((part) => {
      const isMost =
        part.statements.length > 0.6 * work.length && phases.filter((phase) => hasPhase(part, phase)).length > 2;
      if (isMost) return cutAtRoles(part);
      return training.length === 1 && training[0] === part ? cutBehindTraining(part) : [part];
    });
  });
}

/** Whose files a statement reads: only those that the notebook wrote before, or others. */
function readingOf({ dataflow: { files } }: Bench): (id: StatementId) => "own" | "foreign" | undefined {
  const written = new Set<string>();
  const reading = new Map<StatementId, "own" | "foreign">();
  for (const { statement, use, place } of files) {
    if (use === "read") {
      const isOwn = place !== undefined && written.has(place) && reading.get(statement) !== "foreign";
      reading.set(statement, isOwn ? "own" : "foreign");
    } else if (place !== undefined) written.add(place);
  }
  return (id) => reading.get(id);
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

function isTraining({ train }: Lean): boolean {
  return (train ?? 0) >= 3;
}

/** The cells behind the last that trains are a segment of their own where they score. */
function cutBehindTraining(part: Segment): Segment[] {
  const { statements, leans } = part;
  const last = statements[leans.findLastIndex(isTraining)]?.statement.cell;
  const at = statements.findLastIndex(({ statement }) => statement.cell === last) + 1;
  const behind = leans.slice(at);
  if (!behind.some(({ evaluate }) => (evaluate ?? 0) >= 3)) return [part];
  return [
    { ...part, statements: statements.slice(0, at), leans: leans.slice(0, at) },
    { statements: statements.slice(at), leans: behind },
  ];
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
  const heading = headingOfJoined(one, other);
  const tag = one.tag ?? other.tag;
  return {
    statements: [...one.statements, ...other.statements],
    leans: [...one.leans, ...other.leans],
    ...(heading === undefined ? {} : { heading }),
    ...(tag === undefined ? {} : { tag }),
  };
}

/** The heading of the part that makes the whole what it is, as its heading says or by its work; else of the larger part. */
function headingOfJoined(one: Segment, other: Segment): string | undefined {
  const phase = phaseOf({ leans: [...one.leans, ...other.leans] });
  const [first, second] = [one, other].map((part) => claimsOf(part, phase)) as [readonly number[], readonly number[]];
  const decisive = first.findIndex((claim, at) => claim !== second[at]);
  const leading = decisive !== -1 && (first[decisive] as number) > (second[decisive] as number) ? one : other;
  const isByWork = phase !== undefined && decisive > 0;
  return leading.heading ?? (isByWork ? undefined : (one.heading ?? other.heading));
}

/** What a part has to say in what the whole is called, the weightiest first. */
function claimsOf(part: Segment, phase: Phase | undefined): readonly number[] {
  const weights = part.leans.map((lean) => (phase === undefined ? 0 : (lean[phase] ?? 0)));
  const isNamed = part.heading !== undefined && namesOfHeading(part.heading).length > 0;
  return [
    phase !== undefined && saidBy(part.heading) === phase ? 1 : 0,
    Math.max(0, ...weights),
    weights.reduce((sum, weight) => sum + weight, 0),
    phase === undefined && isNamed ? 1 : 0,
    cellsOf(part),
  ];
}

export function cellsOf({ statements }: Segment): number {
  return new Set(statements.map(({ statement }) => statement.cell)).size;
}

/** What a segment does most; a segment that trains a model and looks at how good it is does train. */
export function phaseOf({ leans }: Pick<Segment, "leans">): Phase | undefined {
  const sum = sumOf(leans);
  const isTraining = leans.some(({ train }) => (train ?? 0) >= 3) && (sum.evaluate ?? 0) <= 3 * (sum.train ?? 0);
  return strongest(isTraining ? { ...sum, evaluate: Math.min(sum.evaluate ?? 0, (sum.train ?? 0) - 1) } : sum);
}
