import type { MetricPoint } from "../run/record/record.ts";

/** MLflow's limits (mlflow/utils/validation.py): beyond them it answers 400, or cuts in silence. */
export const limits = {
  keyLength: 250,
  parameterLength: 6000,
  tagLength: 8000,
  metricsInBatch: 1000,
  parametersInBatch: 100,
  tagsInBatch: 100,
} as const;

export interface Entry {
  readonly key: string;
  readonly value: string;
}

export interface MlflowMetric {
  readonly key: string;
  readonly value: number | string;
  readonly timestamp: number;
  readonly step: number;
}

/** Names as MLflow takes them: what it refuses becomes `_`, two that become the same are told apart by a number. */
export class MlflowNames {
  readonly #given = new Map<string, string>();
  readonly #taken = new Set<string>();

  nameOf(name: string): string {
    const known = this.#given.get(name);
    if (known !== undefined) return known;
    const clean = cleanName(name);
    let key = clean;
    for (let count = 2; this.#taken.has(key); count++) {
      const end = `_${count}`;
      key = `${clean.slice(0, limits.keyLength - end.length)}${end}`;
    }
    this.#given.set(name, key);
    this.#taken.add(key);
    return key;
  }
}

/** Letters, digits, `_ - . : /` and spaces; no path that climbs (`mlflow.utils.validation._validate_param_name`). */
function cleanName(name: string): string {
  const parts = name
    .replaceAll(/[^\p{L}\p{N}_ .:/-]/gu, "_")
    .split("/")
    .map((part) => (/^\.+$/.test(part) ? part.replaceAll(".", "_") : part))
    .filter((part) => part !== "");
  return parts.join("/").slice(0, limits.keyLength).trim() || "_";
}

/** A value as text: texts as they are, everything else as JSON; too long ones are cut, and say so. */
export function asText(value: unknown, length: number): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  if (text.length <= length) return text;
  const note = `... [cut by Reprise: ${text.length} characters, all of them in record.json]`;
  return text.slice(0, length - note.length) + note;
}

/** A point of a metric as MLflow takes it. */
export function asMetric(point: MetricPoint, names: MlflowNames): MlflowMetric {
  return {
    key: names.nameOf(point.name),
    // JSON has no NaN and no infinities; MLflow reads these words.
    value: Number.isFinite(point.value) ? point.value : String(point.value),
    timestamp: Math.trunc(point.time),
    step: Math.trunc(point.step),
  };
}

/** Items in as few lists as a limit on their length allows. */
export function inBatches<Item>(items: readonly Item[], size: number): (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_none, at) => items.slice(at * size, (at + 1) * size));
}
