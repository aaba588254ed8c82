import { openRunSink, openRunStore, openTracker, type RunSink, storeFolder } from "@reprise/core/node";
import type { Call } from "../execute.ts";

/** The store of runs, and the trackers that were named, as one place to tell. */
export interface OpenSink extends RunSink {
  folderOf(id: string): string;
  /** Also ends a tracking server that was started for the run. */
  close(): Promise<void>;
}

/**
 * Opens the embedded store and the trackers of `--tracking`; without one, MLFLOW_TRACKING_URI, as MLflow's own client.
 * Throws ProblemError RP343, RP344.
 */
export async function openSink(
  options: { readonly tracking?: readonly string[] },
  call: Pick<Call, "signal" | "onProgress">,
): Promise<OpenSink> {
  const fromEnvironment = process.env.MLFLOW_TRACKING_URI;
  const addresses = options.tracking ?? (fromEnvironment ? [fromEnvironment] : []);
  const trackers = addresses.flatMap(
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
