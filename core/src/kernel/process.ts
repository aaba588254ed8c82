import type { ProcessUsage } from "../host/process-usage.ts";
import type { Transport } from "./message.ts";

/** A kernel's process, whatever holds it. */
export interface KernelProcess {
  readonly transport: Transport;
  /** Signs the messages (HMAC-SHA256). */
  readonly key: string;
  /** Resolves when the process is gone, however it went. */
  readonly exited: Promise<Exit>;
  /** The kernel wants to be asked on its control channel instead of being sent a signal. */
  readonly interruptsByMessage?: boolean;
  interrupt(): Promise<void>;
  /** What it and all that it started use now; nothing where nobody can tell. */
  usage?(): Promise<ProcessUsage | undefined>;
  /** SIGTERM, then SIGKILL after `graceMilliseconds`; the whole process tree. */
  stop(graceMilliseconds?: number): Promise<Exit>;
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  /** Killed because it went over its memory limit. */
  readonly outOfMemory: boolean;
  /** The last lines of its standard error. */
  readonly stderr: string;
  /** Why nothing is known of its end: the engine that held it stopped answering. */
  readonly lost?: string;
}
