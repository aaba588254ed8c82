import type * as nbformat from "@jupyterlab/nbformat";
import { CellOutputs, DisplayRegistry, type OutputOptions } from "../kernel/cell-outputs.ts";
import { type WidgetListener, Widgets } from "../kernel/widgets.ts";
import type { RawCell } from "./executed-notebook.ts";
import type { JournalEntry } from "./journal/journal-entry.ts";

interface Progress {
  readonly raw: RawCell;
  request?: string;
  outputs?: CellOutputs;
  timing: Record<string, string>;
}

/** A prepared notebook, filled in by what happens in its run. */
export class NotebookState {
  readonly content: nbformat.INotebookContent;
  readonly #cells = new Map<string, Progress>();
  readonly #displays = new DisplayRegistry();
  readonly #widgets: Widgets;
  readonly #outputs: OutputOptions;
  #version = 0;

  constructor(
    content: nbformat.INotebookContent,
    { listener, ...outputs }: OutputOptions & { readonly listener?: WidgetListener } = {},
  ) {
    this.content = content;
    this.#outputs = outputs;
    this.#widgets = new Widgets(this.#displays, listener);
    for (const cell of content.cells) {
      const raw = cell as unknown as RawCell;
      if (raw.id !== undefined) this.#cells.set(raw.id, { raw, timing: {} });
    }
  }

  /** Goes up whenever there is something new to write. */
  get version(): number {
    return this.#version;
  }

  /** Takes the next entry. One of a cell that is not in the notebook is passed over. */
  apply(entry: JournalEntry): void {
    this.#version += 1;
    if (entry.at === "kernel") {
      this.content.metadata.language_info = entry.language;
      return;
    }
    const cell = "cell" in entry ? this.#cells.get(entry.cell) : undefined;
    if (cell === undefined) return;
    if (entry.at === "comm") this.#widgets.take(entry);
    else if (entry.at === "cell-start") this.#start(cell, entry.time);
    else if (entry.at === "message") this.#take(cell, entry);
    else if (entry.at === "reply") reply(cell, entry);
    else if (entry.at === "cell-end") end(cell, entry);
  }

  /** What a cell has put out since it started in this run. */
  outputsOf(cell: string): readonly nbformat.IOutput[] {
    return this.#cells.get(cell)?.outputs?.toNotebook() ?? [];
  }

  /** The outputs as they stand now, also of a cell that still runs, into the notebook's cells. */
  writeOutputs(): void {
    for (const { raw, outputs } of this.#cells.values()) if (outputs) raw.outputs = outputs.toNotebook();
    const widgets = this.#widgets.toNotebook();
    if (widgets) Object.assign(this.content.metadata, { widgets });
  }

  #start(cell: Progress, time: string): void {
    cell.outputs = new CellOutputs(this.#displays, this.#outputs);
    cell.timing = {};
    cell.raw.metadata.execution = cell.timing;
    Object.assign(cell.raw.metadata.papermill as object, { start_time: time, status: "running", exception: false });
  }

  #take(cell: Progress, { type, date, content, request }: JournalEntry & { at: "message" }): void {
    const { raw, outputs, timing } = cell;
    if (request !== undefined) cell.request = request;
    const moment = type === "status" ? `status.${content.execution_state}` : type;
    if (timedMoments.has(moment)) timing[`iopub.${moment}`] = date;
    if (type === "execute_input" && typeof content.execution_count === "number") {
      raw.execution_count = content.execution_count;
    }
    const message = { header: { msg_type: type }, content };
    if (!this.#widgets.capture(cell.request, message)) outputs?.add(message);
  }
}

const timedMoments: ReadonlySet<string> = new Set(["status.busy", "status.idle", "execute_input"]);

function reply({ raw, outputs, timing }: Progress, { count, date, error }: JournalEntry & { at: "reply" }): void {
  timing["shell.execute_reply"] = date;
  raw.execution_count = count ?? raw.execution_count ?? null;
  if (error && !outputs?.hasError) {
    const content = { ename: error.name, evalue: error.value, traceback: error.traceback };
    outputs?.add({ header: { msg_type: "error" }, content });
  }
}

function end({ raw }: Progress, { failed, seconds, time }: JournalEntry & { at: "cell-end" }): void {
  Object.assign(raw.metadata.papermill as object, {
    end_time: time,
    duration: seconds,
    exception: failed,
    status: failed ? "failed" : "completed",
  });
}
