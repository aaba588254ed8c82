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

/** Name and driver of each NVIDIA card; the driver may take a second to answer. */
export async function graphicsCards(): Promise<string[]> {
  const query = ["--query-gpu=name,driver_version", "--format=csv,noheader"];
  const listed = await runProcess("nvidia-smi", query).catch(() => undefined);
  return listed?.code === 0 ? listed.stdout.trim().split("\n").filter(Boolean) : [];
}
