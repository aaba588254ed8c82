import type * as nbformat from "@jupyterlab/nbformat";
import type { Engine } from "../engine/engine.ts";
import type { Notebook } from "../notebook/model.ts";
import type { CellCacheRequest } from "./cells/cell-cache.ts";
import type { RecoveredCell } from "./journal/recovered-run.ts";
import type { ParameterSyntax } from "./parameters/parameter-syntax.ts";
import type { ParameterValue } from "./parameters/parameter-value.ts";
import type { CellRun, EnvironmentIdentity, MetricPoint, RunRecord } from "./record/record.ts";

/** What every run is asked with, of a notebook or of a project. */
export interface RunSettings {
  readonly engine: Engine;
  /** For the record: as the user typed it. */
  readonly command: readonly string[];
  /** For the record: what the engine's Python has, where a lock says it. Otherwise the run asks its interpreter. */
  readonly environment?: { readonly lockHash?: string; readonly packages?: EnvironmentIdentity["packages"] };
  readonly name?: string;
  readonly experiment?: string;
  readonly seed?: number;
  readonly tags?: Readonly<Record<string, string>>;
  /** The id of the batch that it is a run of. */
  readonly parent?: string;
  /** For the code that runs. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Variables for the code that nobody may see: they are hidden in all that comes out of it. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Files that the code reads and writes, as far as the analysis knows; hashed for the record. Absolute paths. */
  readonly data?: readonly { readonly path: string; readonly use: "read" | "write" }[];
  /** Where the run is kept and told to. */
  readonly sink?: RunSink;
  /** Settles when the code may begin; until then everything is made ready for it. At once where it is absent. */
  readonly turn?: Promise<unknown>;
  /** An abort interrupts what runs, keeps what there is, and ends everything that was started. */
  readonly signal?: AbortSignal;
}

export interface NotebookRunRequest extends RunSettings {
  readonly notebook: Notebook;
  /** Where the executed notebook is written; nothing is written without it. */
  readonly output?: string;
  /** What the executed notebook calls its place; `output` where it is absent. */
  readonly outputName?: string;
  /** The kernel's working directory, on this machine. */
  readonly directory: string;
  /** Typed: see `resolveParameters`. */
  readonly parameters?: ReadonlyMap<string, ParameterValue>;
  /** How the parameters are written for the kernel; as Python where it is absent. */
  readonly syntax?: ParameterSyntax;
  readonly startTimeoutMilliseconds?: number;
  /** For each cell. */
  readonly cellTimeoutMilliseconds?: number;
  /** For the whole notebook. */
  readonly timeoutMilliseconds?: number;
  /** What a cell that takes too long does to the run: `fail` ends it, `interrupt` ends the cell only. */
  readonly onTimeout?: "fail" | "interrupt";
  /** A cell that raises does not end the run. */
  readonly allowErrors?: boolean;
  /** The same for errors of these names: `KeyError`. */
  readonly allowErrorNames?: readonly string[];
  /** No error is allowed, whatever cells are tagged with. */
  readonly forceErrors?: boolean;
  /** Only these cells are run: indices into the notebook's cells. All by default. */
  readonly cells?: ReadonlySet<number>;
  /** Cells that are not run, but taken over from an earlier run, by their index. */
  readonly kept?: KeptCells;
  /** Parameters are injected and the output is written; nothing is run. */
  readonly prepareOnly?: boolean;
  readonly reportMode?: boolean;
  /** All text that a cell writes to one stream is one output, also where other outputs came between. */
  readonly coalesceStreams?: boolean;
  /** Cells whose results an earlier run has are not run again. */
  readonly cache?: CellCacheRequest;
  /** The output is written while cells run, at most this often; not at all for 0. */
  readonly saveEveryMilliseconds?: number;
  /** Expressions that give a number after their cell has run. */
  readonly metrics?: readonly MetricSource[];
}

export interface ProjectRunRequest extends RunSettings {
  /** The generated project's folder. */
  readonly folder: string;
  readonly package: string;
  /** The project checks their types. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** Where the stages leave their values; below the project's folder, or handed to the engine. */
  readonly work: string;
  /** Where relative paths of the notebook start from; handed to the engine. The project's folder by default. */
  readonly dataDirectory?: string;
  /** Only these stages, in this order; all by default. */
  readonly stages?: readonly string[];
  readonly timeoutMilliseconds?: number;
}

/** What is taken over from an earlier run. */
export interface KeptCells {
  readonly run: string;
  readonly cells: ReadonlyMap<number, RecoveredCell>;
  readonly metrics: readonly MetricPoint[];
}

export interface MetricSource {
  readonly cell: number;
  readonly name: string;
  /** Python; a name where it is the variable itself. */
  readonly expression: string;
}

export interface RunResult {
  readonly record: RunRecord;
  /** The executed notebook, with the error banner where it failed. */
  readonly content: nbformat.INotebookContent;
}

/** Told while a notebook runs. Must not throw. */
export type RunListener = (event: RunEvent) => void;

export type RunEvent =
  | { readonly kind: "kernel-ready"; readonly seconds: number }
  | { readonly kind: "cell-started"; readonly cell: number | undefined; readonly done: number; readonly total: number }
  | { readonly kind: "cell-ended"; readonly run: CellRun; readonly done: number; readonly total: number }
  | { readonly kind: "output"; readonly stream: "stdout" | "stderr"; readonly text: string }
  | { readonly kind: "metric"; readonly metric: MetricPoint }
  /** Something beside the run went wrong, which the run itself survives. */
  | { readonly kind: "warning"; readonly message: string };

/** Keeps runs and tells trackers of them: the store, and behind it trackers. It must not fail a run that works. */
export interface RunSink {
  /** Before anything runs. Variables for the code, so that its own logging lands in the same run. */
  begin(record: RunRecord): Promise<{
    readonly environment: Readonly<Record<string, string>>;
    /** Where the run's files are kept, on this machine: its journal goes there. */
    readonly folder?: string;
  }>;
  /** Before the first cell: the record with the commit, the hardware and the hashes of its data, which take their time. */
  identified(record: RunRecord): Promise<void>;
  log(metrics: readonly MetricPoint[]): Promise<void>;
  /** The final record and the run's files. Answers with the record as it was kept: outputs and tracking filled in. */
  finish(record: RunRecord, files: readonly RunFile[]): Promise<RunRecord>;
}

/** A file of a run: its text, at once or in pieces, or where it lies. */
export type RunFile = { readonly name: string } & (
  | { readonly text: string }
  | { readonly pieces: () => Iterable<string> }
  | { readonly path: string }
);
