import type { ResourceUse } from "@reprise/core/node";
import { secondsText } from "./table.ts";

const bars = [..."▁▂▃▄▅▆▇█"];
const mostBars = 40;

/** What a run's kernel used, in one line, with its memory over the time as bars. */
export function resourcesText(use: ResourceUse | undefined): string {
  if (use === undefined) return "";
  const { cpuSeconds, peakMemoryBytes, samples } = use;
  const parts = [`${secondsText(cpuSeconds)} of CPU`, `${bytesText(peakMemoryBytes)} of memory at most`];
  for (const { index } of samples.at(-1)?.gpus ?? []) {
    const seen = samples.flatMap(({ gpus = [] }) => gpus.filter((gpu) => gpu.index === index));
    const memory = Math.max(...seen.map(({ memoryBytes }) => memoryBytes));
    parts.push(`GPU ${index} ${Math.max(...seen.map(({ percent }) => percent))} % and ${bytesText(memory)} at most`);
  }
  const shape = samples.length > 2 ? ` ${sparkline(samples.map(({ memoryBytes }) => memoryBytes))}` : "";
  return parts.join(", ") + shape;
}

/** Values from 0 to their highest as bars; of many the highest of each stretch. */
function sparkline(values: readonly number[]): string {
  const each = Math.max(1, Math.ceil(values.length / mostBars));
  const highest = Math.max(...values, 1);
  const stretches = Array.from({ length: Math.ceil(values.length / each) }, (_, at) =>
    Math.max(...values.slice(at * each, (at + 1) * each)),
  );
  return stretches
    .map((value) => bars[Math.min(bars.length - 1, Math.floor((value / highest) * bars.length))])
    .join("");
}

function bytesText(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
