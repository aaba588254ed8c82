import type { RunRecord } from "../run/record/record.ts";
import { lastMetrics } from "./run-summary.ts";

/** What differs between runs; one value for each run, in the order that was asked for, `undefined` where it has none. */
export interface RunComparison {
  readonly runs: readonly { readonly id: string; readonly name: string; readonly status: RunRecord["status"] }[];
  readonly parameters: readonly ComparedRow[];
  readonly metrics: readonly ComparedRow[];
  readonly packages: readonly ComparedRow[];
  readonly data: readonly ComparedRow[];
  /** Code, seed, Python, image, machine. */
  readonly circumstances: readonly ComparedRow[];
}

export interface ComparedRow {
  readonly name: string;
  readonly values: readonly unknown[];
  readonly differs: boolean;
}

/** Every parameter and metric of the runs; of packages, data and circumstances only what differs. */
export function compareRuns(records: readonly RunRecord[]): RunComparison {
  const tables = (read: (record: RunRecord) => Readonly<Record<string, unknown>>) => compareTables(records.map(read));
  const differing = (rows: readonly ComparedRow[]) => rows.filter(({ differs }) => differs);
  return {
    runs: records.map(({ id, name, status }) => ({ id, name, status })),
    parameters: tables(({ parameters }) => parameters),
    metrics: tables(({ metrics }) => lastMetrics(metrics)),
    packages: differing(
      tables(({ environment }) => Object.fromEntries(environment.packages.map(({ name, version }) => [name, version]))),
    ),
    data: differing(tables(({ data }) => Object.fromEntries(data.map(({ path, hash }) => [path, hash])))),
    circumstances: differing(
      tables((record) => ({
        "code hash": record.code.hash,
        commit: record.code.git?.commit,
        seed: record.seed,
        python: record.environment.python,
        lock: record.environment.lockHash,
        engine: record.engine.kind,
        image: record.engine.image?.digest,
        platform: record.hardware.platform,
        cpu: record.hardware.cpu,
        gpus: record.hardware.gpus.join(", "),
      })),
    ),
  };
}

function compareTables(tables: readonly Readonly<Record<string, unknown>>[]): ComparedRow[] {
  const names = [...new Set(tables.flatMap(Object.keys))].sort();
  return names.map((name) => {
    const values = tables.map((table) => table[name]);
    return { name, values, differs: values.some((value) => !isSame(value, values[0])) };
  });
}

function isSame(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || (typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));
}
