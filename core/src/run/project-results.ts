import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MetricPoint } from "./record/record.ts";
import type { RunFile } from "./request.ts";

/** The numbers of `metrics.json`; nested ones get a path of names. */
export async function readMetrics(work: string): Promise<MetricPoint[]> {
  const text = await readFile(join(work, "metrics.json"), "utf8").catch(() => undefined);
  if (text === undefined) return [];
  const time = Date.now();
  // Python writes NaN and Infinity bare; they are no metrics.
  const parsed: unknown = JSON.parse(text.replace(/(?<=[:[,]\s*)(-?Infinity|NaN)\b/g, "null"));
  const points: MetricPoint[] = [];
  const collect = (value: unknown, name: string): void => {
    if (typeof value === "number") points.push({ name, value, step: 0, time });
    else if (typeof value === "object" && value !== null) {
      for (const [key, item] of Object.entries(value)) collect(item, name ? `${name}.${key}` : key);
    }
  };
  collect(parsed, "");
  return points;
}

/** The values that the stages list in their `outputs.json`, and the metrics. */
export async function outputFiles(work: string): Promise<RunFile[]> {
  const entries = await readdir(work, { withFileTypes: true });
  const files: RunFile[] = [];
  for (const entry of entries) {
    const path = join(work, entry.name);
    if (entry.isFile()) files.push({ name: entry.name, path });
    if (!entry.isDirectory()) continue;
    const index = await readFile(join(path, "outputs.json"), "utf8").catch(() => undefined);
    if (index === undefined) continue;
    files.push({ name: `${entry.name}/outputs.json`, path: join(path, "outputs.json") });
    for (const name of listedFiles(index)) files.push({ name: `${entry.name}/${name}`, path: join(path, name) });
  }
  return files;
}

function listedFiles(index: string): string[] {
  const listed: unknown = JSON.parse(index);
  const items: unknown[] = Array.isArray(listed) ? listed : ((listed as { outputs?: unknown[] } | null)?.outputs ?? []);
  const files = items.flatMap((item) => {
    const file = (item as { file?: unknown } | null)?.file;
    return typeof file === "string" && !file.includes("/") && !file.includes("\\") && file !== ".." ? [file] : [];
  });
  return [...new Set(files)];
}
