import type { MetricPoint, RunRecord } from "../run/record/record.ts";

const megabyte = 1e6;

/**
 * What a run used, under the names of MLflow's own system metrics, which its pages show apart
 * (https://mlflow.org/docs/latest/ml/tracking/system-metrics): shares of the machine, or of the container's limits.
 */
export function systemMetrics({ resources }: RunRecord): MetricPoint[] {
  if (resources === undefined) return [];
  const { cores, samples, totalMemoryBytes } = resources;
  return samples.flatMap(({ time, gpus = [], memoryBytes, ...sample }, step) => {
    const values: Record<string, number> = {
      cpu_utilization_percentage: (100 * sample.cores) / cores,
      system_memory_usage_megabytes: memoryBytes / megabyte,
      system_memory_usage_percentage: (100 * memoryBytes) / totalMemoryBytes,
    };
    for (const gpu of gpus) {
      values[`gpu_${gpu.index}_utilization_percentage`] = gpu.percent;
      values[`gpu_${gpu.index}_memory_usage_megabytes`] = gpu.memoryBytes / megabyte;
      values[`gpu_${gpu.index}_memory_usage_percentage`] = (100 * gpu.memoryBytes) / gpu.totalBytes;
    }
    return Object.entries(values).map(([name, value]) => ({
      name: `system/${name}`,
      value: Math.round(value * 100) / 100,
      step,
      time,
    }));
  });
}
