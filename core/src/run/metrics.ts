import type { ExecuteReply } from "../kernel/client.ts";
import type { Message } from "../kernel/message.ts";
import type { MetricPoint } from "./record/record.ts";
import type { MetricSource } from "./request.ts";

/** The expressions that the kernel evaluates after a cell, by the metric's name. Only numbers are taken. */
export function metricExpressions(sources: readonly MetricSource[], cell: number | undefined): Record<string, string> {
  const own = sources.filter((source) => source.cell === cell);
  return Object.fromEntries(own.map(({ name, expression }) => [name, `__import__("builtins").float(${expression})`]));
}

/** Finite numbers among the kernel's answers; whatever failed or is no number is left out. */
export function metricPoints(reply: ExecuteReply, cell: number): MetricPoint[] {
  const time = Date.now();
  return Object.entries(reply.userExpressions).flatMap(([name, answer]) => {
    const { status, data } = answer as { status?: string; data?: Record<string, unknown> };
    const value = status === "ok" ? Number(data?.["text/plain"] ?? Number.NaN) : Number.NaN;
    return Number.isFinite(value) ? [{ name, value, step: cell, time }] : [];
  });
}

const scrapType = "application/scrapbook.scrap.json+json";
const recordType = "application/papermill.record+json";

/** Numbers that a cell glues: with scrapbook, or with papermill's `record`, which it had before. */
export function gluedPoints(content: Message["content"], cell: number): MetricPoint[] {
  const data = (content.data ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  const scrap = data[scrapType];
  const glued =
    scrap === undefined ? Object.entries(data[recordType] ?? {}) : [[String(scrap.name), scrap.data] as const];
  const time = Date.now();
  return glued.flatMap(([name, value]) =>
    typeof value === "number" && Number.isFinite(value) ? [{ name, value, step: cell, time }] : [],
  );
}
