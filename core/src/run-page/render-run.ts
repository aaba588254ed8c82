import type * as nbformat from "@jupyterlab/nbformat";
import type { Templates } from "../project/project.ts";
import type { RunRecord } from "../run/record/record.ts";
import { shortNumber } from "../text/short-number.ts";
import { lastMetrics } from "../tracking/run-summary.ts";
import { dateText, footer } from "../verify/report/render-verification.ts";
import { renderReport } from "../verify/report/report-templates.ts";
import { cellViews } from "./cell-view.ts";
import { resourcePlots } from "./resource-plot.ts";

const tones = { succeeded: "good", running: "unknown", failed: "bad", died: "bad", interrupted: "close" } as const;
const marks = { succeeded: "✓", running: "…", failed: "✗", died: "✗", interrupted: "!" } as const;

/** One self-contained page of a run: what ran and how it ended, parameters, metrics, what it used, the notebook. */
export function renderRun(
  record: RunRecord,
  notebook: nbformat.INotebookContent,
  templates: Templates,
  when?: Date,
): string {
  const { code, engine, environment, failure, parameters, seconds, status } = record;
  const cells = cellViews(notebook);
  const language = environment.language ?? { name: "Python", version: environment.python ?? "" };
  return renderReport(templates, "run", {
    title: record.name,
    kicker: code.path,
    footer: footer(when),
    status,
    tone: tones[status],
    mark: marks[status],
    summary: failure ? `${failure.name}: ${failure.message}` : "",
    facts: [
      { name: "run", value: record.id },
      { name: "started", value: dateText(new Date(record.started)) },
      { name: "took", value: seconds === undefined ? "" : `${seconds.toFixed(1)} s` },
      { name: "engine", value: `${engine.kind}, ${language.name} ${language.version}` },
      {
        name: "commit",
        value: code.git ? `${code.git.commit.slice(0, 10)}${code.git.dirty ? " with changes" : ""}` : "",
      },
      ...Object.entries(parameters).map(([name, value]) => ({ name, value: valueText(value), isParameter: true })),
    ].filter(({ value }) => value !== ""),
    metrics: Object.entries(lastMetrics(record.metrics)).map(([label, value]) => ({
      label,
      value: shortNumber(value, 5),
    })),
    plots: resourcePlots(record.resources),
    cells,
    leadsToCell: cells.some(({ isFailed }) => isFailed),
  });
}

const valueText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
