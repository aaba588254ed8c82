import { at, type Bench } from "./bench.ts";
import type { Facts } from "./facts.ts";
import { filesBetween } from "./file-order.ts";
import { type Flow, flowBetween } from "./flow.ts";
import { legalStages } from "./legal-stages.ts";
import type { PlanOptions } from "./options.ts";
import { moveToReport, putBack, type Report } from "./report.ts";
import { cutWork, type Segment } from "./segments.ts";
import { nameSegments, titleOf } from "./stage-names.ts";
import { tidySegments } from "./tidy-segments.ts";

/** A stage with its name and what crosses its borders. */
export interface StageDraft {
  readonly name: string;
  readonly title: string;
  readonly flow: Flow;
  readonly isReport: boolean;
  /** Stages that must have run before it although it takes no value of theirs: it reads files that they write. */
  readonly after: readonly string[];
}

/** Cuts what is left of the notebook into stages, and moves exploration to a report. */
export function cutStages(
  bench: Bench,
  local: ReadonlyMap<string, Facts>,
  options: PlanOptions,
): readonly StageDraft[] {
  const work = at(bench, "work");
  const exploration = at(bench, "exploration");
  const cut = tidySegments(bench, cutWork(bench, work.length === 0 ? exploration : work, options), options);
  let { segments, flows } = legalStages(bench, cut, local);
  let moving = work.length === 0 || segments.length < 2 ? [] : exploration;
  if (moving.length === 0)
    ({ segments, flows } = legalStages(bench, putBack(segments, work.length === 0 ? [] : exploration), local));
  for (;;) {
    const report = moveToReport(bench, moving, segments, flows);
    if (report.staying.length === 0) return finish(bench, segments, flows, report, local);
    const staying = new Set(report.staying);
    moving = moving.filter((facts) => !staying.has(facts));
    ({ segments, flows } = legalStages(bench, putBack(segments, report.staying), local));
  }
}

function finish(
  bench: Bench,
  segments: readonly Segment[],
  flows: readonly Flow[],
  report: Report,
  local: ReadonlyMap<string, Facts>,
): StageDraft[] {
  const names = nameSegments(segments, (name) => report.statements.length > 0 && name === "report");
  const all = segments.map(({ statements }) => statements);
  const withReport =
    report.statements.length === 0 ? flows : flowBetween(bench, [...all, report.statements], local, report.inputs);
  const titled = report.statements.length === 0 ? names : [...names, { name: "report", title: titleOf("report") }];
  const isReport = (index: number) =>
    index === segments.length || ((withReport[index] as Flow).outputs.size === 0 && names[index]?.name === "report");
  return filesBetween(
    bench,
    titled.map(({ name, title }, index) => ({
      name,
      title,
      flow: withReport[index] as Flow,
      isReport: isReport(index),
    })),
  );
}
