import type { StatementId } from "../../dataflow/model.ts";
import { type Bench, tell } from "../bench.ts";
import type { Facts } from "../facts.ts";
import { type PlanOptions, stageTag } from "../options.ts";
import { cutAtHeadings } from "./cut-at-headings.ts";
import { cutAtRoles } from "./cut-at-roles.ts";
import { leansOfDefinitions } from "./definition-leans.ts";
import { saidBy } from "./heading-names.ts";
import { isTraining, leanOf, phases } from "./phases.ts";
import { runsOf } from "./runs-of.ts";
import type { Segment } from "./segment.ts";

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
