import type { MetricPoint, RunRecord, TrackingResult } from "../run/record/record.ts";

/**
 * Tells a tracking server of a run. The record is the truth and is always written; a tracker is an exporter of it,
 * called while the run goes on and at its end. A tracker that fails never fails the run: it answers with an error.
 */
export interface Tracker {
  readonly kind: string;
  /** Makes the run there. Variables for the kernel, so that the notebook's own logging lands in the same run. */
  begin(record: RunRecord): Promise<{ readonly environment: Readonly<Record<string, string>> }>;
  log(metrics: readonly MetricPoint[]): Promise<void>;
  /** Parameters, tags, metrics, files, final status. `folder` is the run's folder. */
  finish(record: RunRecord, folder: string): Promise<TrackingResult>;
}
