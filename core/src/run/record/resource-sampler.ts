import { availableParallelism, totalmem } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { EngineDescription } from "../../engine/engine.ts";
import type { ProcessUsage } from "../../host/process-usage.ts";
import { watchGraphics } from "./graphics-use.ts";
import type { ResourceSample, ResourceUse } from "./resource-use.ts";

const shortestMilliseconds = 1000;
/** An engine that does not answer is not waited for. */
const mostMilliseconds = 2000;
/** More would make records large and plots no better: every second one is left out then, and the next come half as often. */
const mostSamples = 240;

interface ResourceSampler {
  /** A last look, then what there was; `undefined` where nothing could be seen. */
  stop(): Promise<ResourceUse | undefined>;
}

/**
 * Looks again and again at what a kernel or a program uses while the work goes on; `usage` is asked for it, and may be
 * asked in vain. Answers with what the work did, and with what was seen. Throws what the work throws.
 */
export async function whileSampling<Result>(
  usage: () => Promise<ProcessUsage | undefined>,
  limits: Pick<EngineDescription, "cpus" | "memoryBytes">,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly resources?: ResourceUse }> {
  const sampler = sampleResources(usage, limits);
  try {
    const result = await work();
    const resources = await sampler.stop();
    return { result, ...(resources && { resources }) };
  } catch (error) {
    await sampler.stop();
    throw error;
  }
}

function sampleResources(
  usage: () => Promise<ProcessUsage | undefined>,
  { cpus, memoryBytes }: Pick<EngineDescription, "cpus" | "memoryBytes">,
): ResourceSampler {
  const graphics = watchGraphics(2 * shortestMilliseconds);
  let samples: ResourceSample[] = [];
  let before: { readonly time: number; readonly usage: ProcessUsage } | undefined;
  let [interval, cpuSeconds, peakMemoryBytes] = [shortestMilliseconds, 0, 0];
  const look = async (): Promise<void> => {
    const now = await Promise.race([
      usage().catch(() => undefined),
      sleep(mostMilliseconds, undefined, { ref: false }),
    ]);
    if (now === undefined) return;
    const time = Date.now();
    const seconds = before === undefined ? 0 : (time - before.time) / 1000;
    // Two looks at nearly the same moment tell nothing about the time between them.
    const cores = seconds < 0.05 ? 0 : Math.max(0, now.cpuSeconds - (before?.usage.cpuSeconds ?? 0)) / seconds;
    before = { time, usage: now };
    cpuSeconds = Math.max(cpuSeconds, now.cpuSeconds);
    peakMemoryBytes = Math.max(peakMemoryBytes, now.memoryBytes);
    const gpus = graphics.now.length > 0 && { gpus: graphics.now };
    const rounded = Math.round(cores * 1000) / 1000;
    samples.push({ time, cores: rounded, memoryBytes: now.memoryBytes, processes: now.processes, ...gpus });
    if (samples.length < mostSamples) return;
    samples = samples.filter((_, index) => index % 2 === 0);
    interval *= 2;
  };
  const stopped = new AbortController();
  const looking = (async () => {
    while (!stopped.signal.aborted) {
      await look();
      await sleep(interval, undefined, { signal: stopped.signal, ref: false }).catch(() => {});
    }
  })();
  return {
    async stop() {
      stopped.abort();
      await looking;
      await look();
      graphics.stop();
      if (samples.length === 0) return undefined;
      const totalMemoryBytes = memoryBytes ?? totalmem();
      return { cpuSeconds, peakMemoryBytes, totalMemoryBytes, cores: cpus ?? availableParallelism(), samples };
    },
  };
}
