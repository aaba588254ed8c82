import { parseMlflowAddress } from "./mlflow-address.ts";
import { existingServer, type ServerOptions, startServer } from "./mlflow-server.ts";
import { MlflowTracker } from "./mlflow-tracker.ts";

export interface TrackerOptions extends ServerOptions {
  /** What relative paths of an address are relative to. */
  readonly directory?: string;
}

/**
 * The tracker of an address of `--tracking`; nothing is contacted or started before its run begins. Undefined for
 * `none`. Throws ProblemError RP344 for an address that cannot be one.
 */
export function openTracker(address: string, options: TrackerOptions = {}): MlflowTracker | undefined {
  if (address === "none" || address === "") return undefined;
  const parsed = parseMlflowAddress(address, process.env, options.directory);
  return new MlflowTracker(async () =>
    parsed.kind === "server" ? existingServer(parsed) : await startServer(parsed, options),
  );
}
