import { extname } from "node:path";
import { writeFileAtomically } from "../host/atomic-file.ts";
import { writeProblem } from "../host/write-problem.ts";
import { ProblemError } from "../problem/problem.ts";
import type { BatchRow } from "./batch-row.ts";

/** A column of the table of results: a name, and a value for each row, `undefined` where the row has none. */
interface Column {
  readonly name: string;
  readonly values: readonly unknown[];
}

/**
 * The table's columns: `index`, `run`, `status`, each parameter as `params.NAME`, each metric as `metrics.NAME` (as
 * MLflow's `search_runs` names them), `seconds`, `output`, `failure`.
 */
function resultColumns(rows: readonly BatchRow[]): Column[] {
  const column = (name: string, value: (row: BatchRow) => unknown): Column => ({ name, values: rows.map(value) });
  return [
    column("index", ({ index }) => index),
    column("run", ({ run }) => run),
    column("status", ({ status }) => status),
    ...namesIn(rows.map(({ parameters }) => parameters)).map((name) =>
      column(`params.${name}`, ({ parameters }) => parameters[name]),
    ),
    ...namesIn(rows.map(({ metrics }) => metrics)).map((name) =>
      column(`metrics.${name}`, ({ metrics }) => metrics[name]),
    ),
    column("seconds", ({ seconds }) => seconds),
    column("output", ({ output }) => output),
    column("failure", ({ failure }) => failure),
  ];
}

type Write = (columns: readonly Column[], rows: readonly BatchRow[]) => Promise<string | Uint8Array>;

/** The formats of `--results`, by the file's ending. */
const formats: Readonly<Record<string, Write>> = {
  ".csv": async (columns) => csv(columns),
  ".json": async (_columns, rows) => `${JSON.stringify(rows, finite, 1)}\n`,
  ".parquet": (columns) => parquet(columns),
};

/** Throws ProblemError RP141 for a name with another ending. */
export function checkResultsFile(path: string): void {
  if (extname(path).toLowerCase() in formats) return;
  throw new ProblemError({
    id: "RP141",
    message: `--results ${path}: this is no table that Reprise can write`,
    mend: `Give a name that ends in ${Object.keys(formats).join(", ")}.`,
  });
}

/** Writes the table, whole and at once. Throws ProblemError RP361, RP362. */
export async function writeResults(path: string, rows: readonly BatchRow[]): Promise<void> {
  const write = formats[extname(path).toLowerCase()] as Write;
  const content = await write(resultColumns(rows), rows);
  try {
    await writeFileAtomically(path, content);
  } catch (error) {
    throw writeProblem(error, path);
  }
}

/** The table as CSV. */
export function resultsCsv(rows: readonly BatchRow[]): string {
  return csv(resultColumns(rows));
}

function namesIn(objects: readonly object[]): string[] {
  return [...new Set(objects.flatMap((object) => Object.keys(object)))];
}

/** RFC 4180; numbers as JavaScript and Python write them, what is no text or number as JSON. */
function csv(columns: readonly Column[]): string {
  const lines = [columns.map(({ name }) => quoted(name)).join(",")];
  for (const row of columns[0]?.values.keys() ?? []) {
    lines.push(columns.map(({ values }) => quoted(textOf(values[row]))).join(","));
  }
  return `${lines.join("\r\n")}\r\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

async function parquet(columns: readonly Column[]): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const columnData = columns.map(({ name, values }) => {
    const known = values.filter((value) => value !== undefined && value !== null);
    const orNull = (convert: (value: unknown) => unknown) =>
      values.map((value) => (value === undefined || value === null ? null : convert(value)));
    if (known.length > 0 && known.every((value) => typeof value === "boolean")) {
      return { name, data: orNull((value) => value), type: "BOOLEAN" as const };
    }
    if (known.length > 0 && known.every((value) => typeof value === "number")) {
      const whole = known.every((value) => Number.isSafeInteger(value)) && !name.startsWith("metrics.");
      if (whole) return { name, data: orNull((value) => BigInt(value as number)), type: "INT64" as const };
      return { name, data: orNull((value) => value), type: "DOUBLE" as const };
    }
    return { name, data: orNull(textOf), type: "STRING" as const };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

/** JSON has no NaN and no infinities. */
function finite(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
