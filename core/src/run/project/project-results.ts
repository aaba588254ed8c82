import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MetricPoint } from "../record/record.ts";
import type { RunFile, RunListener } from "../request.ts";

/** The numbers of `metrics.json`; nested ones get a path of names. A file that cannot be read is told, and has none. */
export async function readMetrics(work: string, listener: RunListener): Promise<MetricPoint[]> {
  const file = join(work, "metrics.json");
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return [];
  const time = Date.now();
  // Python writes NaN and Infinity bare; they are no metrics.
  const parsed = parseWhole(text.replace(/(?<=[:[,]\s*)(-?Infinity|NaN)\b/g, "null"));
  if (parsed === undefined) listener({ kind: "warning", message: `${file} is no JSON; the run has no metrics.` });
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
  const listed = parseWhole(index);
  const items: unknown[] = Array.isArray(listed)
    ? listed
    : ((listed as { outputs?: unknown[] } | null | undefined)?.outputs ?? []);
  const files = items.flatMap((item) => {
    const file = (item as { file?: unknown } | null)?.file;
    return typeof file === "string" && !file.includes("/") && !file.includes("\\") && file !== ".." ? [file] : [];
  });
  return [...new Set(files)];
}

/** Undefined for half a file: a stage may have been ended while it wrote. */
function parseWhole(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
