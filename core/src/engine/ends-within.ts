import type { Exit } from "../kernel/process.ts";
import { settlesWithin } from "../kernel/waiting.ts";

/** What runs until it ends, or is stopped. */
interface Running {
  /** Never rejects. */
  readonly exited: Promise<Exit>;
  stop(graceMilliseconds: number): Promise<Exit>;
}

const graceMilliseconds = 1000;

/** Waits for its end, and ends it when time is up. At an abort it is ended, and the signal's reason is thrown. */
export async function endsWithin(
  running: Running,
  milliseconds: number | undefined,
  signal: AbortSignal | undefined,
): Promise<Exit> {
  const stop = (): void => void running.stop(graceMilliseconds);
  signal?.addEventListener("abort", stop, { once: true });
  // The abort may have come while it started.
  if (signal?.aborted) stop();
  try {
    if (milliseconds !== undefined && !(await settlesWithin(running.exited, milliseconds))) stop();
    const exit = await running.exited;
    signal?.throwIfAborted();
    return exit;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
