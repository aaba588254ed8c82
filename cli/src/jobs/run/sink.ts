import { openRunSink, openRunStore, openTracker, type RunSink, storeFolder } from "@reprise/core/node";
import type { Call } from "../../execute.ts";

/** The store of runs, and the trackers that were named, as one place to tell. */
export interface OpenSink extends RunSink {
  folderOf(id: string): string;
  /** Also ends a tracking server that was started for the run. */
  close(): Promise<void>;
}

/** Which trackers a call names; without any, MLFLOW_TRACKING_URI, as MLflow's own client. */
export function trackerAddresses({ tracking }: { readonly tracking?: readonly string[] }): readonly string[] {
  const fromEnvironment = process.env.MLFLOW_TRACKING_URI;
  return tracking ?? (fromEnvironment ? [fromEnvironment] : []);
}

/**
 * Opens the embedded store and the trackers of `--tracking`.
 * Throws ProblemError RP343, RP344.
 */
export async function openSink(
  options: { readonly tracking?: readonly string[] },
  call: Pick<Call, "signal" | "onProgress">,
): Promise<OpenSink> {
  const trackers = trackerAddresses(options).flatMap(
    (address) => openTracker(address, { signal: call.signal, onProgress: call.onProgress }) ?? [],
  );
  const store = await openRunStore(storeFolder());
  const sink = openRunSink(store, trackers);
  return {
    ...sink,
    folderOf: (id) => store.folderOf(id),
    async close() {
      await sink.close();
      store.close();
    },
  };
}
