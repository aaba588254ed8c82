import type { MetricPoint, RunRecord, TrackingResult } from "../run/record/record.ts";
import type { RunFile, RunSink } from "../run/request.ts";
import type { RunStore } from "./run-store.ts";
import type { Tracker } from "./tracker.ts";

/** A tracker that may have started something (a server) for the run. */
export type ClosableTracker = Tracker & { close?(): Promise<void> };

export interface ClosableRunSink extends RunSink {
  /** Stops what trackers started, for a run that never came to its `finish`; harmless after it. */
  close(): Promise<void>;
}

/**
 * Keeps a run in the store and tells trackers of it. The store comes first: what a tracker could not be told
 * stands in the record.
 */
export function openRunSink(store: RunStore, trackers: readonly ClosableTracker[] = []): ClosableRunSink {
  let current: RunRecord | undefined;
  let told: Promise<unknown> = Promise.resolve();
  return {
    async begin(record) {
      current = record;
      await store.begin(record);
      const answers = await Promise.all(
        // One that is away is tried again at the end, and reported then.
        trackers.map((tracker) => tracker.begin(record).catch(() => ({ environment: {} }))),
      );
      return {
        environment: Object.assign({}, ...answers.map(({ environment }) => environment)),
        folder: store.folderOf(record.id),
      };
    },

    async identified(record) {
      current = record;
      // The final record, which has all of this too, tells of a disk that is full.
      await store.update(record).catch(() => {});
    },

    async log(metrics: readonly MetricPoint[]) {
      // One after the other, and never waited for: the run goes on.
      told = told.then(() => Promise.all(trackers.map((tracker) => tracker.log(metrics).catch(() => {}))));
      if (current === undefined) return;
      current = { ...current, metrics: [...current.metrics, ...metrics] };
    },

    async finish(record: RunRecord, files: readonly RunFile[]) {
      const kept = await keep(store, record, files);
      await told;
      const folder = store.folderOf(record.id);
      const results = await Promise.all(
        trackers.map((tracker) => tracker.finish(kept, folder).catch((error: unknown) => failure(tracker.kind, error))),
      );
      if (results.length === 0) return kept;
      const final = { ...kept, tracking: [...kept.tracking, ...results] };
      await store.update(final).catch(() => {});
      return final;
    },

    async close() {
      await Promise.allSettled(trackers.map((tracker) => tracker.close?.()));
    },
  };
}

/** A disk that is full at the end must not turn a run that worked into one that failed: the record says it. */
async function keep(store: RunStore, record: RunRecord, files: readonly RunFile[]): Promise<RunRecord> {
  try {
    return await store.finish(record, files);
  } catch (error) {
    const final = { ...record, tracking: [...record.tracking, failure("store", error)] };
    await store.finish(final, []).catch(() => {});
    return final;
  }
}

function failure(kind: string, error: unknown): TrackingResult {
  return { kind, error: error instanceof Error ? error.message : String(error) };
}
