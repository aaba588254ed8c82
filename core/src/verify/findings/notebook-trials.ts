import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "../../engine/engine.ts";
import type { CodeCell } from "../../notebook/model.ts";
import type { Order } from "../../orders/order.ts";
import type { Analysis } from "../../rules/analysis.ts";
import type { ProgressListener } from "../../text/progress.ts";
import { observeRun } from "../observation/observe-run.ts";
import type { ObservedRun } from "../observation/observed-run.ts";
import { placeAgent } from "../sides/agent-files.ts";
import { madePaths } from "../sides/made-paths.ts";
import { WorkspaceSource } from "../sides/workspace.ts";

export interface TrialOptions {
  readonly analysis: Analysis;
  readonly engine: Engine;
  /** For copies of the notebook's folder: empty, and known to the engine. */
  readonly workFolder: string;
  /** For each cell; no limit where absent. */
  readonly timeoutMilliseconds?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

/** The runs that findings are held against. */
export interface NotebookTrials {
  /** From top to bottom, twice: what differs is not repeatable. */
  readonly document: ObservedRun;
  readonly again: ObservedRun;
  /** In the recorded order, where that is another. */
  readonly recorded?: ObservedRun;
  /** From top to bottom, each cell twice. */
  readonly twice: ObservedRun;
  /** Why the runs shared the notebook's own folder, where they did. */
  readonly shared?: string;
}

/**
 * Runs a notebook in scratch copies of its folder, each time in a fresh kernel: from top to bottom twice, in the recorded
 * order, and with each cell twice. The notebook's own folder is not touched. Throws ProblemError where nothing can be run.
 */
export async function tryNotebook(options: TrialOptions): Promise<NotebookTrials> {
  const { document, recorded } = options.analysis;
  const order = document.cells.map(({ cell }) => cell.index);
  const trials = await Trials.open(options);
  return {
    document: await trials.run(order, "Running from top to bottom", 1),
    again: await trials.run(order, "Running from top to bottom again", 2),
    ...(recorded === undefined
      ? {}
      : { recorded: await trials.run(recorded.order, "Running in the recorded order", 1) }),
    twice: await trials.run(
      order.flatMap((index) => [index, index]),
      "Running each cell twice",
      1,
    ),
    ...(trials.shared === undefined ? {} : { shared: trials.shared }),
  };
}

/** Runs a notebook once in each of some orders. */
export async function tryOrders(
  options: TrialOptions,
  orders: readonly Pick<Order, "cells" | "runs" | "title">[],
): Promise<readonly ObservedRun[]> {
  const trials = await Trials.open(options);
  const runs: ObservedRun[] = [];
  for (const { cells, runs: all = cells, title } of orders) runs.push(await trials.run(all, `Running in ${title}`, 1));
  return runs;
}

class Trials {
  readonly #options: TrialOptions;
  readonly #agent: string;
  readonly #source: WorkspaceSource;
  #count = 0;

  private constructor(options: TrialOptions, agent: string, source: WorkspaceSource) {
    this.#options = options;
    this.#agent = agent;
    this.#source = source;
  }

  get shared(): string | undefined {
    return this.#source.shared;
  }

  static async open(options: TrialOptions): Promise<Trials> {
    const { workFolder, analysis } = options;
    await mkdir(workFolder, { recursive: true });
    return new Trials(options, await placeAgent(workFolder), await WorkspaceSource.of(analysis.notebook, [workFolder]));
  }

  async run(order: readonly number[], task: string, hashSeed: number): Promise<ObservedRun> {
    const { analysis, engine, workFolder, timeoutMilliseconds, signal, onProgress } = this.#options;
    const folder = join(workFolder, `run-${this.#count++}`);
    const workspace = await this.#source.open(folder, madePaths(analysis.document));
    try {
      return await observeRun({
        engine,
        agent: this.#agent,
        directory: workspace.directory,
        cells: order.map((index) => analysis.notebook.cells[index] as CodeCell),
        hashSeed,
        timeoutMilliseconds,
        signal,
        onProgress,
        task,
      });
    } finally {
      await workspace.remove();
    }
  }
}
