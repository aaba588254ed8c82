import type { JsonValue } from "../plan/plan.ts";

/** What a proven run showed of the values that stages hand on: made by `convert --prove` and `verify`. */
export interface ProjectObservation {
  /** By stage, then by name; what two runs of the notebook do not agree on has no verdict. */
  readonly values: Readonly<Record<string, Readonly<Record<string, ObservedValue>>>>;
  readonly tolerance: { readonly rtol: number; readonly atol: number };
}

export interface ObservedValue {
  readonly type: ObservedType;
  /** How it compares with the notebook's; absent where that could not be told. */
  readonly verdict?: "identical" | "equivalent";
  /** Of a table of pandas. */
  readonly schema?: TableSchema;
  /** What the project's own `tests/summary.py` says of it. */
  readonly summary?: JsonValue;
}

/** A class by the path that it is imported by, `notebook.Net` for the notebook's own, and what it holds. */
export interface ObservedType {
  readonly name: string;
  /** Absent where the items are of several types, or there are none. */
  readonly of?: readonly ObservedType[];
}

export interface TableSchema {
  readonly rows: number;
  readonly width: number;
  /** Absent where the labels are no texts, double, or too many. */
  readonly columns?: readonly ColumnSchema[];
}

export interface ColumnSchema {
  readonly name: string;
  /** As pandas names it: `int64`, `category`. */
  readonly dtype: string;
  /** How many values are missing. */
  readonly missing: number;
  readonly low?: number;
  readonly high?: number;
  /** Every text that the column holds, where they are few. */
  readonly values?: readonly string[];
}
