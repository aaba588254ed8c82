import { CellOutputs, DisplayRegistry } from "../kernel/cell-outputs.ts";
import type { ExecuteReply, KernelClient } from "../kernel/client.ts";
import type { Message } from "../kernel/message.ts";
import { executeCell } from "./cell-execution.ts";
import { type CellVerdict, judgeCell, judgeKernelFailure } from "./cell-verdict.ts";
import { type ExecutedCell, type ExecutedNotebook, isExecuted } from "./executed-notebook.ts";
import { metricExpressions, metricPoints } from "./metrics.ts";
import type { CellRun, MetricPoint, RunFailure, RunRecord } from "./record.ts";
import type { NotebookRunRequest, RunListener } from "./request.ts";

/** What became of the cells; `failed` is the cell that ended the run. */
export interface LoopEnd {
  readonly status: Exclude<RunRecord["status"], "running">;
  readonly failed?: ExecutedCell;
  readonly failure?: RunFailure;
}

/** Runs a notebook's cells, one after the other, and fills them in. What happens is in `runs` and `metrics` at once. */
export class CellLoop {
  readonly runs: CellRun[] = [];
  readonly metrics: MetricPoint[] = [];
  readonly #cells: readonly ExecutedCell[];
  readonly #request: NotebookRunRequest;
  readonly #listener: RunListener;
  readonly #displays = new DisplayRegistry();
  readonly #outputs = new Map<ExecutedCell, CellOutputs>();
  readonly #deadline: number;
  #done = 0;

  constructor(notebook: ExecutedNotebook, request: NotebookRunRequest, listener: RunListener) {
    this.#cells = notebook.cells.filter(({ raw }) => raw.cell_type === "code");
    this.#request = request;
    this.#listener = listener;
    this.#deadline = performance.now() + (request.timeoutMilliseconds ?? Number.POSITIVE_INFINITY);
  }

  /** The outputs as they stand now, also of a cell that still runs, into the notebook's cells. */
  writeOutputs(): void {
    for (const [cell, outputs] of this.#outputs) cell.raw.outputs = outputs.toNotebook();
  }

  /** A number that goes up whenever there is something new to write. */
  get version(): number {
    let sum = this.runs.length;
    for (const outputs of this.#outputs.values()) sum += outputs.version;
    return sum;
  }

  /** Never throws for what the notebook does, its kernel's death included. */
  async run(client: KernelClient): Promise<LoopEnd> {
    for (const cell of this.#cells) {
      if (this.#request.signal?.aborted) return this.#finish({ status: "interrupted" });
      if (!isExecuted(cell) || !this.#isInRange(cell)) {
        this.#record(cell, { status: "skipped" });
        continue;
      }
      this.#listener({ kind: "cell-started", cell: cell.index, ...this.#progress() });
      const began = performance.now();
      const { isError, ends } = await this.#runCell(client, cell, began);
      const seconds = (performance.now() - began) / 1000;
      const hasFailed = ends !== undefined && ends.status !== "succeeded";
      Object.assign(cell.raw.metadata.papermill as object, {
        end_time: new Date().toISOString(),
        duration: seconds,
        exception: hasFailed,
        status: hasFailed ? "failed" : "completed",
      });
      this.#record(cell, { status: isError ? "error" : "ok", seconds });
      if (ends === undefined) continue;
      const at = cell.index === undefined ? {} : { cell: cell.index };
      return this.#finish({
        status: ends.status,
        ...(hasFailed && { failed: cell }),
        ...(ends.failure && { failure: { ...at, ...ends.failure } }),
      });
    }
    return { status: "succeeded" };
  }

  async #runCell(client: KernelClient, cell: ExecutedCell, began: number): Promise<CellVerdict> {
    const { allowErrors, cellTimeoutMilliseconds, metrics, onTimeout, signal } = this.#request;
    const outputs = new CellOutputs(this.#displays);
    this.#outputs.set(cell, outputs);
    Object.assign(cell.raw.metadata.papermill as object, {
      start_time: new Date().toISOString(),
      status: "running",
      exception: false,
    });
    const timing: Record<string, string> = {};
    cell.raw.metadata.execution = timing;
    const mayFail = (allowErrors ?? false) || cell.tags.includes("raises-exception");
    const limit = Math.min(cellTimeoutMilliseconds ?? Number.POSITIVE_INFINITY, this.#deadline - began);
    try {
      const end = await executeCell(
        client,
        cell.source,
        {
          stopOnError: !mayFail,
          userExpressions: metricExpressions(metrics ?? [], cell.index),
          onMessage: (message) => this.#take(cell, outputs, timing, message),
        },
        { signal, timeoutMilliseconds: Number.isFinite(limit) ? limit : undefined },
      );
      if (end.reply) this.#takeReply(cell, outputs, timing, end.reply);
      const now = performance.now();
      return judgeCell(end, {
        mayFail,
        onTimeout: onTimeout ?? "fail",
        isNotebookLate: now >= this.#deadline,
        seconds: (now - began) / 1000,
      });
    } catch (error) {
      return judgeKernelFailure(error);
    }
  }

  #take(cell: ExecutedCell, outputs: CellOutputs, timing: Record<string, string>, message: Message): void {
    const { msg_type: type, date } = message.header;
    const moment = type === "status" ? `status.${message.content.execution_state}` : type;
    if (timedMoments.has(moment)) timing[`iopub.${moment}`] = date;
    if (type === "execute_input" && typeof message.content.execution_count === "number") {
      cell.raw.execution_count = message.content.execution_count;
    }
    if (type === "stream") {
      const stream = message.content.name === "stderr" ? "stderr" : "stdout";
      this.#listener({ kind: "output", stream, text: String(message.content.text) });
    }
    outputs.add(message);
  }

  #takeReply(cell: ExecutedCell, outputs: CellOutputs, timing: Record<string, string>, reply: ExecuteReply): void {
    timing["shell.execute_reply"] = reply.date;
    cell.raw.execution_count = reply.executionCount ?? cell.raw.execution_count ?? null;
    if (reply.error && !outputs.hasError) {
      const { name, value, traceback } = reply.error;
      outputs.error({ ename: name, evalue: value, traceback });
    }
    if (cell.index === undefined) return;
    const points = metricPoints(reply, cell.index);
    this.metrics.push(...points);
    for (const metric of points) this.#listener({ kind: "metric", metric });
    if (points.length > 0) void this.#request.sink?.log(points);
  }

  #isInRange({ index }: ExecutedCell): boolean {
    const { from = 0, to = Number.POSITIVE_INFINITY } = this.#request;
    return index === undefined || (index >= from && index <= to);
  }

  #progress(): { done: number; total: number } {
    return { done: this.#done, total: this.#cells.length };
  }

  #record(cell: ExecutedCell, run: Omit<CellRun, "cell">): void {
    this.#done += 1;
    if (cell.index === undefined) return;
    this.runs.push({ cell: cell.index, ...run });
    this.#listener({ kind: "cell-ended", run: { cell: cell.index, ...run }, ...this.#progress() });
  }

  /** The cells behind the one that ended the run were not reached. */
  #finish(end: LoopEnd): LoopEnd {
    const seen = new Set(this.runs.map(({ cell }) => cell));
    for (const { index } of this.#cells) {
      if (index !== undefined && !seen.has(index)) this.runs.push({ cell: index, status: "not-reached" });
    }
    return end;
  }
}

const timedMoments: ReadonlySet<string> = new Set(["status.busy", "status.idle", "execute_input"]);
