import type { ExecuteOptions, ExecuteReply, KernelClient } from "../../kernel/client.ts";
import { longestMilliseconds } from "../../kernel/waiting.ts";

export interface CellLimits {
  readonly timeoutMilliseconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface CellEnd {
  /** Absent where the kernel did not obey the interrupt. */
  readonly reply?: ExecuteReply;
  readonly stopped?: "timeout" | "aborted";
}

/** How long code may take to obey an interrupt. */
const interruptGraceMilliseconds = 5000;

/**
 * Runs a cell's code within limits: when time is up, or at an abort, the kernel is interrupted, and what the cell had put
 * out until then stays. Throws KernelDiedError, KernelSilentError.
 */
export async function executeCell(
  client: KernelClient,
  code: string,
  options: ExecuteOptions,
  limits: CellLimits,
): Promise<CellEnd> {
  const executed = client.execute(code, options);
  // Whoever waits no longer must not leave a rejection that nobody hears.
  executed.catch(() => {});
  const stopped = await stopReason(executed, limits);
  if (stopped === undefined) return { reply: await executed };
  await client.interrupt();
  const obeyed = await stopReason(executed, { timeoutMilliseconds: interruptGraceMilliseconds });
  return obeyed === undefined ? { reply: await executed, stopped } : { stopped };
}

/** Waits until the promise settles, time is up, or an abort comes; `undefined` for the first. */
async function stopReason(promise: Promise<unknown>, limits: CellLimits): Promise<CellEnd["stopped"]> {
  const { signal, timeoutMilliseconds } = limits;
  if (signal?.aborted) return "aborted";
  const { promise: stopped, resolve } = Promise.withResolvers<CellEnd["stopped"]>();
  const timer =
    timeoutMilliseconds === undefined || timeoutMilliseconds > longestMilliseconds
      ? undefined
      : setTimeout(() => resolve("timeout"), Math.max(timeoutMilliseconds, 0));
  const abort = () => resolve("aborted");
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([promise.then(nothing, nothing), stopped]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

function nothing(): undefined {}
