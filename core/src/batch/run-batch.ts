import { ProblemError } from "../problem/problem.ts";
import type { RunRecord } from "../run/record/record.ts";
import { type BatchRow, rowOf } from "./batch-row.ts";
import { reasonToRetry } from "./retry.ts";

/** One run that the batch asks for. */
export interface BatchTask {
  readonly index: number;
  /** From 1; more than 1 where it is tried again. */
  readonly attempt: number;
  /** Which worker runs it, from 0. */
  readonly worker: number;
  /** Settles when it may begin; rejects where it never will. It is made ready before. */
  readonly turn: Promise<void>;
  readonly signal: AbortSignal;
}

export interface BatchRequest {
  /** The parameters of each run, as records show them. */
  readonly sets: readonly Readonly<Record<string, unknown>>[];
  /** Rows that an earlier batch has already made, by index. */
  readonly done?: ReadonlyMap<number, BatchRow>;
  readonly workers: number;
  /** How often a run is tried again that died, could not be started or took too long; 0 if absent. */
  readonly retries?: number;
  /** Whether the first run that fails ends the batch. */
  readonly failFast?: boolean;
  readonly signal?: AbortSignal;
  /** Runs one of them. A ProblemError is a run that could not be started; anything else it throws ends the batch. */
  readonly run: (task: BatchTask) => Promise<{ readonly record: RunRecord; readonly output?: string }>;
}

/** Told as the batch goes. Must not throw. */
export interface BatchListener {
  started?(index: number): void;
  ended?(row: BatchRow): void;
}

/**
 * Runs everything that is not done yet, `workers` at a time. While a worker runs one, its next is made ready (its kernel
 * starts), so that short runs do not wait for interpreters. Answers with a row for each set, in their order; after an abort
 * or a failure with `failFast`, what did not run is `not-run`.
 */
export async function runBatch(request: BatchRequest, listener: BatchListener = {}): Promise<BatchRow[]> {
  const rows = new Map(request.done);
  const waiting = request.sets
    .keys()
    .filter((index) => !rows.has(index))
    .toArray();
  const stop = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, stop.signal]) : stop.signal;
  const end = (row: BatchRow): void => {
    rows.set(row.index, row);
    listener.ended?.(row);
    if (request.failFast && row.status !== "succeeded") stop.abort(new Error("a run failed"));
  };
  const lane = new Lane(request, signal, waiting, (error) => stop.abort(error));
  const workers = Math.min(request.workers, waiting.length);
  const ended = await Promise.allSettled(
    Array.from({ length: workers }, (_, worker) => lane.work(worker, end, listener)),
  );
  // Not before all of them are: whoever called ends what they run in.
  const broken = ended.find(({ status }) => status === "rejected");
  if (broken?.status === "rejected") throw broken.reason;
  return request.sets.map(
    (parameters, index) => rows.get(index) ?? { index, status: "not-run", parameters, metrics: {} },
  );
}

/** A run that is made ready, and begins when it is told. */
interface Prepared {
  readonly index: number;
  begin(): void;
  readonly ended: Promise<BatchRow>;
}

class Lane {
  readonly #request: BatchRequest;
  readonly #signal: AbortSignal;
  readonly #waiting: number[];
  readonly #stopAll: (error: unknown) => void;

  constructor(request: BatchRequest, signal: AbortSignal, waiting: number[], stopAll: (error: unknown) => void) {
    this.#request = request;
    this.#signal = signal;
    this.#waiting = waiting;
    this.#stopAll = stopAll;
  }

  async work(worker: number, end: (row: BatchRow) => void, listener: BatchListener): Promise<void> {
    let next = this.#take(worker);
    try {
      while (next !== undefined && !this.#signal.aborted) {
        const current = next;
        // The last ones are left to whichever worker is free first.
        next = this.#waiting.length >= this.#request.workers ? this.#take(worker) : undefined;
        listener.started?.(current.index);
        current.begin();
        end(await this.#repeated(await current.ended, worker));
        next ??= this.#take(worker);
      }
    } catch (error) {
      this.#stopAll(error);
      throw error;
    } finally {
      // Made ready, and never begun: it ends with the signal, and counts as not run.
      await next?.ended;
    }
  }

  #take(worker: number): Prepared | undefined {
    const index = this.#waiting.shift();
    return index === undefined ? undefined : this.#prepare(index, 1, worker);
  }

  async #repeated(first: BatchRow, worker: number): Promise<BatchRow> {
    const { retries = 0 } = this.#request;
    const retried: string[] = [];
    let row = first;
    for (let attempt = 2; attempt <= retries + 1; attempt++) {
      const reason = this.#signal.aborted ? undefined : reasonToRetry(row);
      if (reason === undefined) break;
      retried.push(reason);
      const again = this.#prepare(row.index, attempt, worker);
      again.begin();
      row = await again.ended;
    }
    return retried.length === 0 ? row : { ...row, retried };
  }

  #prepare(index: number, attempt: number, worker: number): Prepared {
    const turn = Promise.withResolvers<void>();
    // It may end before anybody waits for its turn.
    turn.promise.catch(() => {});
    const signal = this.#signal;
    const give = () => turn.reject(signal.reason);
    if (signal.aborted) give();
    else signal.addEventListener("abort", give, { once: true });
    const ended = this.#request
      .run({ index, attempt, worker, turn: turn.promise, signal })
      .then(({ output, record }) => rowOf(index, record, output === undefined ? {} : { output }))
      .catch((error: unknown) => this.#notStarted(index, error))
      .finally(() => signal.removeEventListener("abort", give));
    // Awaited when its turn has come; until then a failure is nobody's.
    ended.catch(() => {});
    return { index, begin: () => turn.resolve(), ended };
  }

  #notStarted(index: number, error: unknown): BatchRow {
    const parameters = this.#request.sets[index] ?? {};
    if (this.#signal.aborted) return { index, status: "not-run", parameters, metrics: {} };
    if (!(error instanceof ProblemError)) throw error;
    return { index, status: "failed", parameters, metrics: {}, failure: `NotStarted: ${error.message}` };
  }
}
