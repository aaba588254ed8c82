import type { RunRecord } from "../run/record/record.ts";

/** JSON has no NaN and no infinities, and metrics are often just that: they are written as text, and read back. */
const words: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity: Infinity, "-Infinity": -Infinity };

/** The text of a record.json. */
export function writeRecord(record: RunRecord): string {
  const plain = (_key: string, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
  return `${JSON.stringify(record, plain, 2)}\n`;
}

/** Undefined for what is no record: cut off by a full disk, or of another program. */
export function readRecord(text: string): RunRecord | undefined {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof record !== "object" || record === null) return undefined;
  const { schema, id, metrics } = record as Partial<RunRecord>;
  if (schema !== "reprise.run-record/1" || typeof id !== "string" || !Array.isArray(metrics)) return undefined;
  return {
    ...(record as RunRecord),
    metrics: (record as RunRecord).metrics.map((point) => {
      const word: unknown = point.value;
      return typeof word === "string" ? { ...point, value: words[word] ?? Number.NaN } : point;
    }),
  };
}
