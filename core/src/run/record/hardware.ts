import { arch, availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { runProcess } from "../../host/child-process.ts";
import type { Hardware } from "./record.ts";

/** This machine as the operating system tells it. */
export function machine(): Omit<Hardware, "gpus"> {
  return {
    platform: `${platform()} ${release()} ${arch()}`,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryBytes: totalmem(),
  };
}

/** A driver may take a second to answer; one that hangs is not waited for. */
const driverMilliseconds = 10_000;

/** Name and driver of each NVIDIA card. */
export async function graphicsCards(): Promise<string[]> {
  const query = ["--query-gpu=name,driver_version", "--format=csv,noheader"];
  const signal = AbortSignal.timeout(driverMilliseconds);
  const listed = await runProcess("nvidia-smi", query, { signal }).catch(() => undefined);
  return listed?.code === 0 ? listed.stdout.trim().split("\n").filter(Boolean) : [];
}
