import type { ExecuteReply } from "../kernel/client.ts";
import type { MetricPoint } from "./record.ts";
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
