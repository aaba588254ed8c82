import type { ResourceUse } from "../run/record/resource-use.ts";

const size = { width: 320, height: 90, edge: 4 } as const;

export interface ResourcePlot {
  readonly label: string;
  readonly most: string;
  readonly width: number;
  readonly height: number;
  /** Of an SVG path. */
  readonly line: string;
}

/** What a run used over its time, a small plot each; nothing of a run that was looked at once or twice. */
export function resourcePlots(use: ResourceUse | undefined): readonly ResourcePlot[] {
  if (use === undefined || use.samples.length < 3) return [];
  const { samples } = use;
  const gpus = [...new Set(samples.flatMap(({ gpus = [] }) => gpus.map(({ index }) => index)))];
  const ofGpu = (index: number, read: (gpu: { readonly percent: number; readonly memoryBytes: number }) => number) =>
    samples.map((sample) => sample.gpus?.filter((gpu) => gpu.index === index).map(read)[0] ?? 0);
  const times = samples.map(({ time }) => time);
  return [
    plot(
      "CPU",
      times,
      samples.map(({ cores }) => cores),
      (most) => `${most.toFixed(1)} cores`,
    ),
    plot(
      "Memory",
      times,
      samples.map(({ memoryBytes }) => memoryBytes),
      bytesText,
    ),
    ...gpus.flatMap((index) => [
      plot(
        `GPU ${index}`,
        times,
        ofGpu(index, ({ percent }) => percent),
        (most) => `${Math.round(most)} %`,
      ),
      plot(
        `GPU ${index}, memory`,
        times,
        ofGpu(index, ({ memoryBytes }) => memoryBytes),
        bytesText,
      ),
    ]),
  ];
}

function plot(
  label: string,
  times: readonly number[],
  values: readonly number[],
  text: (most: number) => string,
): ResourcePlot {
  const most = Math.max(...values);
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 1];
  const inner = { width: size.width - 2 * size.edge, height: size.height - 2 * size.edge };
  const points = values.map((value, at) => {
    const x = size.edge + (((times[at] ?? first) - first) / Math.max(1, last - first)) * inner.width;
    const y = size.edge + (1 - value / (most || 1)) * inner.height;
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return { label, most: `at most ${text(most)}`, width: size.width, height: size.height, line: `M${points.join("L")}` };
}

function bytesText(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
