import { parseMlflowAddress } from "./mlflow-address.ts";
import { existingServer, type MlflowServer, startServer } from "./mlflow-server.ts";
import { MlflowTracker } from "./mlflow-tracker.ts";
import type { TrackerOptions } from "./open-tracker.ts";
import type { ClosableTracker } from "./run-sink.ts";

/** Trackers for many runs, which share the servers that had to be started. */
export interface SharedTrackers {
  /** One for each address, for one run. */
  forRun(): ClosableTracker[];
  /** Stops the servers that were started. */
  close(): Promise<void>;
}

/** Nothing is contacted or started before the first run begins. Throws ProblemError RP344 for an address that is none. */
export function shareTrackers(addresses: readonly string[], options: TrackerOptions = {}): SharedTrackers {
  const servers = addresses
    .filter((address) => address !== "none" && address !== "")
    .map((address) => parseMlflowAddress(address, process.env, options.directory))
    .map((parsed) =>
      shared(async () => (parsed.kind === "server" ? existingServer(parsed) : startServer(parsed, options))),
    );
  return {
    forRun: () => servers.map(({ connect }) => new MlflowTracker(connect)),
    async close() {
      await Promise.allSettled(servers.map(({ stop }) => stop()));
    },
  };
}

/** One server for all who ask: it is started for the first, and goes on when one of them is done with it. */
function shared(start: () => Promise<MlflowServer>) {
  let started: Promise<MlflowServer> | undefined;
  return {
    async connect(): Promise<MlflowServer> {
      started ??= start();
      return { ...(await started), stop: async () => {} };
    },
    stop: async (): Promise<void> => (await started)?.stop(),
  };
}
