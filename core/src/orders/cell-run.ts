import type { CodeCell, Notebook } from "../notebook/model.ts";
import { savedSources } from "./saved-sources.ts";

/** The last run of a cell, as the file records it. */
export interface CellRun {
  readonly cell: CodeCell;
  readonly count: number;
  /** When it began, in milliseconds since 1970. */
  readonly started?: number;
  /** The kernel's, where a warning or traceback names it. */
  readonly process?: string;
}

/** The cells that ran, in the order of the document. */
export function recordedRuns({ cells }: Notebook): readonly CellRun[] {
  return cells.flatMap((cell) => {
    if (cell.kind !== "code" || cell.executionCount === null || cell.source.trim() === "") return [];
    const started = startOf(cell);
    const process = savedSources(cell).find((saved) => saved.process !== undefined)?.process;
    return [
      {
        cell,
        count: cell.executionCount,
        ...(started === undefined ? {} : { started }),
        ...(process === undefined ? {} : { process }),
      },
    ];
  });
}

type Metadata = Readonly<Record<string, unknown>>;

/** Where front ends keep the time at which a cell began, as a path into its metadata, the surest first. */
const places: readonly { readonly by: string; readonly path: readonly string[] }[] = [
  { by: "JupyterLab", path: ["execution", "iopub.execute_input"] },
  { by: "JupyterLab", path: ["execution", "iopub.status.busy"] },
  { by: "JupyterLab", path: ["execution", "shell.execute_reply.started"] },
  { by: "ExecuteTime", path: ["ExecuteTime", "start_time"] },
  { by: "papermill", path: ["papermill", "start_time"] },
  { by: "Databricks", path: ["application/vnd.databricks.v1+cell", "startTime"] },
];

/** When a cell's last run began, in milliseconds since 1970; absent where no front end has written it down. */
export function startOf({ metadata }: CodeCell): number | undefined {
  for (const { path } of places) {
    const time = timeOf(path.reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), metadata));
    if (time !== undefined) return time;
  }
  // Colab has the moment at which the run ended, and how long it took.
  const { executionInfo: info } = metadata;
  if (!isRecord(info) || typeof info.timestamp !== "number") return undefined;
  return info.timestamp - (typeof info.elapsed === "number" ? info.elapsed : 0);
}

function timeOf(value: unknown): number | undefined {
  const time = typeof value === "string" ? Date.parse(value) : typeof value === "number" ? value : Number.NaN;
  return Number.isFinite(time) && time > 0 ? time : undefined;
}

function isRecord(value: unknown): value is Metadata {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
