import type { Stage } from "../../plan/plan.ts";
import type { ProjectContext } from "../context.ts";
import type { ColumnSchema } from "../observation.ts";
import { readColumns } from "../read-columns.ts";
import type { Annotation } from "./annotation.ts";
import { typeOf } from "./value-types.ts";

/** How the generated project checks the tables that it reads: its own few lines, pandera, or not at all. */
export type DataChecks = "plain" | "pandera" | "none";

/** A table that comes into the pipeline, and what its columns must be. */
export interface CheckedTable {
  /** `ingest.df`. */
  readonly key: string;
  readonly stage: string;
  readonly name: string;
  /** Rows that were seen; absent where nothing was run. */
  readonly rows?: number;
  readonly columns: readonly CheckedColumn[];
}

/** A column; only its name is known where nothing was run. */
export type CheckedColumn = Pick<ColumnSchema, "name"> & Partial<ColumnSchema>;

/**
 * The tables that stages which read data hand on: with the columns, dtypes and ranges that were seen where the project
 * was proven, else with the columns that later stages read. A table of which nothing is known is left out.
 */
export function checkedTables(context: ProjectContext): readonly CheckedTable[] {
  return context.plan.stages
    .filter((stage) => !stage.isReport && readsData(context, stage))
    .flatMap((stage) => {
      const given = new Set(stage.inputs.map(({ name }) => name));
      return stage.outputs.filter((name) => !given.has(name)).flatMap((name) => tableOf(context, stage.name, name));
    });
}

/** True for a stage that loads a table from outside. */
export function readsData(context: ProjectContext, { statements }: Stage): boolean {
  const own = new Set(statements);
  return (
    statements.some((id) => context.source.statement(id).statement.calls.some(({ role }) => role === "load")) ||
    context.dataflow.files.some(({ statement, use }) => use === "read" && own.has(statement))
  );
}

function isPandasTable({ text, imports, typeImports = [] }: Annotation): boolean {
  const isPandas = [...imports, ...typeImports].some((line) =>
    /^(import pandas\b(?!\.)|from pandas import )/.test(line),
  );
  return isPandas && /(^|\.)DataFrame$/.test(text);
}

function tableOf(context: ProjectContext, stage: string, name: string): readonly CheckedTable[] {
  if (!isPandasTable(typeOf(context, stage, name))) return [];
  const seen = context.observation?.values[stage]?.[name]?.schema;
  const columns = seen?.columns ?? readColumns(context, stage, name).map((column) => ({ name: column }));
  if (columns.length === 0) return [];
  return [{ key: `${stage}.${name}`, stage, name, columns, ...(seen && { rows: seen.rows }) }];
}
