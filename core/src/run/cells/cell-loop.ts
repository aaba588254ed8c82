import type * as nbformat from "@jupyterlab/nbformat";
import type { ExecuteReply, KernelClient } from "../../kernel/client.ts";
import type { Message } from "../../kernel/message.ts";
import { injectedTag, mayRaiseTag } from "../../notebook/cell-tags.ts";
import { type ExecutedCell, type ExecutedNotebook, isExecuted } from "../executed-notebook.ts";
import type { JournalEntry } from "../journal/journal-entry.ts";
import { gluedPoints, metricExpressions, metricPoints } from "../metrics.ts";
import type { CellRun, MetricPoint, RunFailure, RunRecord } from "../record/record.ts";
import type { NotebookRunRequest, RunListener } from "../request.ts";
import type { CellCache } from "./cell-cache.ts";
import { executeCell } from "./cell-execution.ts";
import { type CellVerdict, judgeCell, judgeKernelFailure } from "./cell-verdict.ts";
import type { MessageMask } from "./message-mask.ts";

/** What became of the cells; `failed` is the cell that ended the run. */
export interface LoopEnd {
  readonly status: Exclude<RunRecord["status"], "running">;
  readonly failed?: ExecutedCell;
  readonly failure?: RunFailure;
}

/** The cache of cells, and what it needs to know of the run. */
export interface Caching {
  readonly cache: CellCache;
  /** What a cell has put out, by its nbformat id. */
  readonly outputsOf: (cell: string) => readonly nbformat.IOutput[];
  /** The id of this run. */
  readonly run: string;
}

/** Runs a notebook's cells, one after the other, and tells what happens. What became of them is in `runs` and `metrics` at once. */
export class CellLoop {
  readonly runs: CellRun[] = [];
  readonly metrics: MetricPoint[];
  readonly #cells: readonly ExecutedCell[];
  readonly #request: NotebookRunRequest;
  readonly #listener: RunListener;
  readonly #tell: (entry: JournalEntry) => void;
  readonly #mask: MessageMask;
  readonly #deadline: number;
  /** Cells whose outputs mean more than they show, by their nbformat id, and why. */
  readonly #unkept = new Map<string, string>();
  #done = 0;

  constructor(
    notebook: ExecutedNotebook,
    request: NotebookRunRequest,
    listener: RunListener,
    tell: (entry: JournalEntry) => void,
    mask: MessageMask,
  ) {
    this.#cells = notebook.cells.filter(({ raw }) => raw.cell_type === "code");
    this.#request = request;
    this.#listener = listener;
    this.#tell = tell;
    this.#mask = mask;
    this.metrics = [...(request.kept?.metrics ?? [])];
    this.#deadline = performance.now() + (request.timeoutMilliseconds ?? Number.POSITIVE_INFINITY);
  }

  /** Never throws for what the notebook does, its kernel's death included. */
  async run(client: KernelClient, caching?: Caching): Promise<LoopEnd> {
    for (const cell of this.#cells) {
      if (this.#request.signal?.aborted) return this.#finish({ status: "interrupted" });
      if (!isExecuted(cell) || !this.#isChosen(cell)) {
        this.#skip(cell);
        continue;
      }
      if (this.#takeCached(cell, caching)) continue;
      const owed = (await caching?.cache.settle(client)) ?? [];
      const again = this.#cells.filter(({ index }) => index !== undefined && owed.includes(index));
      for (const each of [...again, cell]) {
        const end = await this.#execute(client, each, caching);
        if (end !== undefined) return end;
      }
    }
    return { status: "succeeded" };
  }

  /** Runs one cell; answers with the end of the run where this is it. */
  async #execute(client: KernelClient, cell: ExecutedCell, caching: Caching | undefined): Promise<LoopEnd | undefined> {
    this.#listener({ kind: "cell-started", cell: cell.index, ...this.#progress() });
    const [began, metricsBefore] = [performance.now(), this.metrics.length];
    const { isError, ends } = await this.#runCell(client, cell, began);
    const seconds = (performance.now() - began) / 1000;
    const hasFailed = ends !== undefined && ends.status !== "succeeded";
    const status = isError ? "error" : "ok";
    const time = new Date().toISOString();
    this.#tell({ at: "cell-end", cell: cell.raw.id, time, seconds, status, failed: hasFailed });
    if (caching && status === "ok" && ends === undefined) {
      await this.#save(client, cell, { seconds, metrics: this.metrics.slice(metricsBefore) }, caching);
    }
    this.#record(cell, { status, seconds });
    if (ends === undefined) return undefined;
    const at = cell.index === undefined ? {} : { cell: cell.index };
    return this.#finish({
      status: ends.status,
      ...(hasFailed && { failed: cell }),
      ...(ends.failure && { failure: { ...at, ...ends.failure } }),
    });
  }

  /** Takes a cell's results from an earlier run, where there are any. */
  #takeCached(cell: ExecutedCell, caching: Caching | undefined): boolean {
    const { index, raw } = cell;
    const stored = index === undefined ? undefined : caching?.cache.take(index);
    if (stored === undefined) return false;
    Object.assign(raw, { outputs: stored.outputs, execution_count: stored.executionCount });
    Object.assign(raw.metadata, { reprise: { cache: { run: stored.run } } });
    this.metrics.push(...stored.metrics);
    if (stored.metrics.length > 0) void this.#request.sink?.log(stored.metrics);
    this.#record(cell, { status: "skipped", from: stored.run });
    return true;
  }

  async #save(
    client: KernelClient,
    { index, raw }: ExecutedCell,
    given: { readonly seconds: number; readonly metrics: readonly MetricPoint[] },
    { cache, outputsOf, run }: Caching,
  ): Promise<void> {
    if (index === undefined || !cache.wants(index)) return;
    const why = this.#unkept.get(raw.id);
    if (why !== undefined) cache.refuse(index, why);
    else {
      const executionCount = raw.execution_count ?? null;
      await cache.save(client, index, { ...given, outputs: outputsOf(raw.id), executionCount, run });
    }
  }

  async #runCell(client: KernelClient, cell: ExecutedCell, began: number): Promise<CellVerdict> {
    const {
      allowErrors,
      allowErrorNames = [],
      cellTimeoutMilliseconds,
      forceErrors,
      metrics,
      onTimeout,
      signal,
    } = this.#request;
    this.#tell({ at: "cell-start", cell: cell.raw.id, time: new Date().toISOString() });
    const mayFail = forceErrors !== true && (allowErrors === true || cell.tags.includes(mayRaiseTag));
    const allowed = forceErrors === true ? [] : allowErrorNames;
    const limit = Math.min(cellTimeoutMilliseconds ?? Number.POSITIVE_INFINITY, this.#deadline - began);
    try {
      const end = await executeCell(
        client,
        cell.source,
        {
          stopOnError: !mayFail && allowed.length === 0,
          userExpressions: metricExpressions(metrics ?? [], cell.index),
          onMessage: (message) => this.#takeAll(cell, this.#mask.take(cell.raw.id, message)),
        },
        { signal, timeoutMilliseconds: Number.isFinite(limit) ? limit : undefined },
      );
      this.#takeAll(cell, this.#mask.flush(cell.raw.id));
      if (end.reply) this.#takeReply(cell, this.#mask.reply(end.reply));
      const now = performance.now();
      return judgeCell(end, {
        mayFail: mayFail || (end.reply?.error !== undefined && allowed.includes(end.reply.error.name)),
        onTimeout: onTimeout ?? "fail",
        isNotebookLate: now >= this.#deadline,
        seconds: (now - began) / 1000,
      });
    } catch (error) {
      this.#takeAll(cell, this.#mask.flush(cell.raw.id));
      return judgeKernelFailure(error);
    }
  }

  #takeAll(cell: ExecutedCell, messages: readonly Message[]): void {
    for (const message of messages) this.#take(cell, message);
  }

  #take({ index, raw }: ExecutedCell, { header, content, parent_header, buffers }: Message): void {
    const { msg_type: type, date } = header;
    if (type === "comm_open" || type === "comm_msg" || type === "comm_close") {
      const inText = buffers.map((buffer) => Buffer.from(buffer).toString("base64"));
      this.#tell({ at: "comm", cell: raw.id, type, content, buffers: inText });
    }
    const unkept = unkeptBecause(type, content);
    if (unkept !== undefined) this.#unkept.set(raw.id, unkept);
    if (!keptMessages.has(type)) return;
    const request = type === "status" ? parent_header.msg_id : undefined;
    this.#tell({ at: "message", cell: raw.id, type, date, content, ...(request !== undefined && { request }) });
    if (type === "display_data" && index !== undefined) this.#addMetrics(gluedPoints(content, index));
    if (type !== "stream") return;
    const stream = content.name === "stderr" ? "stderr" : "stdout";
    this.#listener({ kind: "output", stream, text: String(content.text) });
  }

  #takeReply(cell: ExecutedCell, reply: ExecuteReply): void {
    const { date, error, executionCount: count } = reply;
    this.#tell({ at: "reply", cell: cell.raw.id, date, count, ...(error && { error }) });
    if (cell.index === undefined) return;
    this.#addMetrics(metricPoints(reply, cell.index));
  }

  #addMetrics(points: readonly MetricPoint[]): void {
    this.metrics.push(...points);
    for (const metric of points) this.#listener({ kind: "metric", metric });
    if (points.length === 0) return;
    this.#tell({ at: "metrics", points });
    void this.#request.sink?.log(points);
  }

  #skip(cell: ExecutedCell): void {
    const { kept } = this.#request;
    const from = cell.index !== undefined && kept?.cells.has(cell.index) ? kept.run : undefined;
    this.#record(cell, { status: "skipped", ...(from !== undefined && { from }) });
  }

  /** The cell with the parameters always runs: what it sets is in no other cell. */
  #isChosen({ index, tags }: ExecutedCell): boolean {
    return index === undefined || tags.includes(injectedTag) || (this.#request.cells?.has(index) ?? true);
  }

  #progress(): { done: number; total: number } {
    return { done: this.#done, total: this.#cells.length };
  }

  #record(cell: ExecutedCell, run: Omit<CellRun, "cell">): void {
    this.#done += 1;
    if (cell.index === undefined) return;
    const known = this.runs.findIndex((other) => other.cell === cell.index);
    this.runs.splice(known < 0 ? this.runs.length : known, known < 0 ? 0 : 1, { cell: cell.index, ...run });
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

/** What of iopub matters for the executed notebook. */
const keptMessages: ReadonlySet<string> = new Set([
  "status",
  "execute_input",
  "stream",
  "display_data",
  "execute_result",
  "update_display_data",
  "error",
  "clear_output",
]);

/** Outputs that another run could not put in place of its own. */
function unkeptBecause(type: string, content: Message["content"]): string | undefined {
  if (type.startsWith("comm_")) return "shows a widget";
  if (type === "stream" && content.name === "stderr") return "writes to standard error, as warnings do only once";
  const transient = content.transient as { display_id?: unknown } | null | undefined;
  if (type === "update_display_data" || (transient?.display_id ?? null) !== null)
    return "shows something that changes later";
  return undefined;
}
