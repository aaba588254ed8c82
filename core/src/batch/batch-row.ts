import type { RunRecord } from "../run/record/record.ts";
import { lastMetrics } from "../tracking/run-summary.ts";

/** What became of one run of a batch: a row of its table of results. */
export interface BatchRow {
  /** In the order of the parameter sets, from 0. */
  readonly index: number;
  readonly run?: string;
  /** `not-run` where the batch ended before it. */
  readonly status: Exclude<RunRecord["status"], "running"> | "not-run";
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The last value of each. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly seconds?: number;
  /** The executed notebook, or a project's folder of values. */
  readonly output?: string;
  readonly failure?: string;
  /** Taken from an earlier batch. */
  readonly reused?: true;
  /** Why it was tried again, once for each time. */
  readonly retried?: readonly string[];
}

/** The row of a run that ended; `more` is what its record does not say. */
export function rowOf(index: number, record: RunRecord, more: Partial<BatchRow> = {}): BatchRow {
  const { failure, id, metrics, parameters, seconds, status } = record;
  return {
    index,
    run: id,
    status: status === "running" ? "died" : status,
    parameters,
    metrics: lastMetrics(metrics),
    ...(seconds !== undefined && { seconds }),
    ...(failure && { failure: `${failure.name}: ${failure.message}` }),
    ...more,
  };
}
