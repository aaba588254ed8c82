import { at, type Bench } from "../bench.ts";
import type { Facts } from "../facts.ts";
import type { PlanOptions } from "../options.ts";
import { cutWork } from "./cut-work.ts";
import { filesBetween } from "./file-order.ts";
import { type Flow, flowBetween } from "./flow.ts";
import { headingsOf } from "./headings.ts";
import { legalStages } from "./legal-stages.ts";
import { withoutLoneDeletes } from "./lone-deletes.ts";
import { moveToReport, putBack, type Report } from "./report.ts";
import type { Segment } from "./segment.ts";
import { sinkBeginnings } from "./sink-beginnings.ts";
import { isEnding, nameSegments, titleOf } from "./stage-names.ts";
import { tidySegments } from "./tidy-segments.ts";
import { wishedSegments } from "./wished-segments.ts";

/** A stage with its name and what crosses its borders. */
export interface StageDraft {
  readonly name: string;
  readonly title: string;
  readonly flow: Flow;
  readonly isReport: boolean;
  /** Stages that must have run before it although it takes no value of theirs: it reads files that they write. */
  readonly after: readonly string[];
}

/** A notebook of fewer steps is one stage without a word. */
const manySteps = 8;

/** Cuts what is left of the notebook into stages, and moves exploration to a report. */
export function cutStages(
  bench: Bench,
  local: ReadonlyMap<string, Facts>,
  options: PlanOptions,
): readonly StageDraft[] {
  const work = at(bench, "work");
  const exploration = at(bench, "exploration");
  const isAllShown = work.length === 0;
  const cut = firstCut(bench, isAllShown ? exploration : work, options);
  const apart = legalStages(bench, cut, local);
  if (isAllShown) return named(bench, apart.segments, apart.flows, 0);
  if (apart.segments.length < 2) {
    const shown = cut.length < 2 ? shownStages(bench, [...work, ...exploration], local, options) : undefined;
    if (shown !== undefined) return shown;
    if (cut.length < 2 && bench.notes.length === 0 && options.stages !== "single" && work.length >= manySteps)
      bench.notes.push(
        "Everything is one stage: no heading and no kind of step says where to cut (tags and --plan do).",
      );
    const whole = legalStages(bench, putBack(apart.segments, exploration), local);
    return named(bench, whole.segments, whole.flows, 0);
  }
  let { segments, flows } = apart;
  let moving = exploration;
  for (;;) {
    const ending = endingOf(segments, moving);
    const moved = moving.filter((facts) => !ending.has(facts));
    const report = moveToReport(bench, moved, segments, flows);
    const staying = new Set([...report.staying, ...ending]);
    if (staying.size === 0) {
      if (options.wish !== undefined) return withReport(bench, segments, flows, report, local);
      const tidy = sinkBeginnings(bench, segments, new Set(report.inputs.keys()));
      const all = tidy.map(({ statements }) => statements);
      return withReport(bench, tidy, flowBetween(bench, all, local), report, local);
    }
    moving = moving.filter((facts) => !staying.has(facts));
    ({ segments, flows } = legalStages(bench, putBack(segments, [...staying]), local));
  }
}

/** Where there is little but what is looked at, that is cut as if it were the work; nothing where it is one stage too. */
function shownStages(
  bench: Bench,
  all: readonly Facts[],
  local: ReadonlyMap<string, Facts>,
  options: PlanOptions,
): readonly StageDraft[] | undefined {
  if (options.stages === "single" || options.wish !== undefined) return undefined;
  const notes = bench.notes.length;
  const inOrder = all.toSorted((one, other) => one.position - other.position);
  const { segments, flows } = legalStages(bench, firstCut(bench, inOrder, options), local);
  if (segments.length > 1) return named(bench, segments, flows, 0);
  bench.notes.length = notes;
  return undefined;
}

function firstCut(bench: Bench, work: readonly Facts[], options: PlanOptions): readonly Segment[] {
  if (options.wish !== undefined) return wishedSegments(bench, work, options.wish);
  return withoutLoneDeletes(tidySegments(bench, cutWork(bench, work, options), options));
}

/** What is shown in a last section that is a report anyway stays there. */
function endingOf(segments: readonly Segment[], exploration: readonly Facts[]): ReadonlySet<Facts> {
  const last = segments.at(-1);
  const first = last?.statements[0];
  if (last === undefined || first === undefined || !isEnding(last)) return new Set();
  return new Set(exploration.filter(({ position }) => position > first.position));
}

/** Adds the report as a stage, or to a last section that is a report and is given the same versions. */
function withReport(
  bench: Bench,
  segments: readonly Segment[],
  flows: readonly Flow[],
  report: Report,
  local: ReadonlyMap<string, Facts>,
): readonly StageDraft[] {
  const last = segments.at(-1);
  if (report.statements.length === 0 || last === undefined) return named(bench, segments, flows, 0);
  const own = flows.at(-1);
  const isGivenAlike = [...report.inputs].every(
    ([name, from]) =>
      from < segments.length - 1 && !own?.produced.has(name) && (own?.inputs.get(name) ?? from) === from,
  );
  const bound = new Set(report.statements.flatMap(({ binds }) => [...binds.keys()]));
  const isApart = [...(own?.inputs.keys() ?? [])].every((name) => !bound.has(name));
  if (isEnding(last) && isGivenAlike && isApart) {
    const statements = [...report.statements, ...last.statements].sort((one, other) => one.position - other.position);
    const joined = [...segments.slice(0, -1), { ...last, statements }];
    const all = joined.map((segment) => segment.statements);
    const versions = new Map([...(own?.inputs ?? []), ...report.inputs]);
    return named(bench, joined, flowBetween(bench, all, local, versions), 0);
  }
  const all = [...segments.map(({ statements }) => statements), report.statements];
  return named(bench, segments, flowBetween(bench, all, local, report.inputs), 1);
}

/** Names the stages; `reports` (none or one) of them stand behind the segments. */
function named(bench: Bench, segments: readonly Segment[], flows: readonly Flow[], reports: 0 | 1): StageDraft[] {
  const titles = headingsOf(bench.analysis.notebook).filter(({ level }) => level === 1);
  const whole = titles.length === 1 ? titles[0]?.text : undefined;
  const names = nameSegments(segments, flows, whole, (name) => reports === 1 && name === "report");
  const all = reports === 0 ? names : [...names, { name: "report", title: titleOf("report") }];
  const stages = all.map(({ name, title }, index) => {
    const flow = flows[index] as Flow;
    return { name, title, flow, isReport: index >= segments.length || (name === "report" && flow.outputs.size === 0) };
  });
  return filesBetween(bench, stages);
}
