import type { Templates } from "../project/project.ts";
import { footer } from "../verify/report/render-verification.ts";
import { renderReport } from "../verify/report/report-templates.ts";
import type { BatchRow } from "./batch-row.ts";
import { type Plot, plotSize, plotsOf, textOf } from "./batch-view.ts";

export interface BatchPage {
  readonly title: string;
  /** The notebook or project. */
  readonly code: string;
  readonly rows: readonly BatchRow[];
  readonly seconds: number;
  readonly workers: number;
  readonly when?: Date;
}

const tones = { succeeded: "good", failed: "bad", died: "bad", interrupted: "close", "not-run": "unknown" } as const;

/** One self-contained page: what ran, metrics against parameters, every run. */
export function renderBatch({ code, rows, seconds, title, when, workers }: BatchPage, templates: Templates): string {
  const parameters = parameterColumns(rows);
  const metricNames = [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)))];
  const count = (status: BatchRow["status"]) => rows.filter((row) => row.status === status).length;
  const statuses = [...new Set(rows.map(({ status }) => status))];
  return renderReport(templates, "batch", {
    title,
    kicker: code,
    footer: footer(when),
    tiles: [
      ...statuses.map((status) => ({ value: count(status), label: status })),
      { value: `${seconds.toFixed(1)} s`, label: `with ${workers} ${workers === 1 ? "worker" : "workers"}` },
    ],
    plotSize,
    axis: { x: plotSize.left, y: plotSize.height - plotSize.bottom, end: plotSize.width - plotSize.right },
    plots: plotsOf(rows).map(withTicks),
    parameters,
    metricNames,
    runs: rows.map((row) => ({
      index: row.index,
      id: row.run?.slice(0, 8) ?? "",
      status: row.reused ? `${row.status}, earlier` : row.status,
      tone: tones[row.status],
      parameters: parameters.map(({ isNumber, name }) => ({ isNumber, text: textOf(row.parameters[name]) })),
      metrics: metricNames.map((name) => textOf(row.metrics[name])),
      seconds: row.seconds?.toFixed(1) ?? "",
      note: [row.failure, ...(row.retried ?? []).map((reason) => `tried again: ${reason}`)].filter(Boolean).join("; "),
    })),
  });
}

/** Numbers stand below one another by their digits, texts by their beginning. */
function parameterColumns(rows: readonly BatchRow[]): readonly { readonly name: string; readonly isNumber: boolean }[] {
  const names = [...new Set(rows.flatMap(({ parameters }) => Object.keys(parameters)))];
  return names.map((name) => {
    const values = rows.map(({ parameters }) => parameters[name]).filter((value) => value !== undefined);
    return { name, isNumber: values.every((value) => typeof value === "number") };
  });
}

function withTicks(plot: Plot): object {
  const { height, bottom, left } = plotSize;
  return {
    ...plot,
    xTicks: plot.xTicks.map((tick) => ({ ...tick, y: height - bottom + 16 })),
    yTicks: plot.yTicks.map((tick) => ({ ...tick, x: left - 6 })),
  };
}
