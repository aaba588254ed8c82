import type { ProcessUsage } from "../host/process-usage.ts";
import type { Exit } from "../kernel/process.ts";

/** A program somewhere else, to which the streams lead: a container, a process on a cluster's node. */
export interface RelayHost {
  /** Resolves when it is gone. Never rejects. */
  readonly exited: Promise<Exit>;
  /** To its standard input. */
  write(data: Uint8Array): void;
  stop(graceMilliseconds?: number): Promise<Exit>;
  usage(): Promise<ProcessUsage | undefined>;
}

/** What such a program is started with. */
export interface RelayProgram {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly onOutput: (stream: "stdout" | "stderr", data: Buffer) => void;
}

/** What is called how in a host. */
export interface HostNames {
  /** The folder of the agent. */
  readonly agent: string;
  /** The interpreter. */
  readonly python: string;
}
