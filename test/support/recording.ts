import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../core/src/engine/engine.ts";
import { CellOutputs, DisplayRegistry } from "../../core/src/kernel/cell-outputs.ts";
import { KernelClient } from "../../core/src/kernel/client.ts";
import type { Notebook } from "../../core/src/notebook/model.ts";
import { readNotebook } from "../../core/src/notebook/read.ts";

interface RecordedCell {
  source: string;
  count: number | null;
  outputs: readonly object[];
  metadata: Record<string, unknown>;
}

/**
 * A notebook as a person makes one: cells are run in a real kernel in whatever order, edited, deleted, and run again after
 * a restart; counts, outputs, tracebacks and times are those that the kernel gave.
 */
export class Recording {
  readonly #engine: Engine;
  readonly #folder: string;
  readonly #withTimes: boolean;
  readonly cells: RecordedCell[];
  #client: KernelClient | undefined;

  constructor(engine: Engine, folder: string, sources: readonly string[], { withTimes = false } = {}) {
    this.#engine = engine;
    this.#folder = folder;
    this.#withTimes = withTimes;
    this.cells = sources.map((source) => ({ source, count: null, outputs: [], metadata: {} }));
  }

  /** Runs cells by their place, one after the other; one that fails does not end it. */
  async run(...places: readonly number[]): Promise<this> {
    this.#client ??= await this.#start();
    for (const place of places) {
      const cell = this.cells[place] as RecordedCell;
      const outputs = new CellOutputs(new DisplayRegistry());
      let started = "";
      const reply = await this.#client.execute(cell.source, {
        stopOnError: false,
        onMessage: (message) => {
          if (message.header.msg_type === "execute_input") started = String(message.header.date);
          outputs.add(message);
        },
      });
      cell.count = reply.executionCount;
      cell.outputs = outputs.toNotebook();
      if (this.#withTimes) {
        cell.metadata = { execution: { "iopub.execute_input": started, "shell.execute_reply": reply.date } };
      }
    }
    return this;
  }

  async runAll(): Promise<this> {
    return this.run(...this.cells.keys());
  }

  /** Changes the source only, as typing does. */
  edit(place: number, source: string): this {
    (this.cells[place] as RecordedCell).source = source;
    return this;
  }

  delete(place: number): this {
    this.cells.splice(place, 1);
    return this;
  }

  move(from: number, to: number): this {
    this.cells.splice(to, 0, ...this.cells.splice(from, 1));
    return this;
  }

  async restart(): Promise<this> {
    await this.#client?.shutdown(500);
    this.#client = undefined;
    return this;
  }

  /** Ends the kernel and saves; the file is in the folder that the kernel ran in. */
  async save(name = "messy.ipynb"): Promise<Notebook> {
    await this.restart();
    const path = join(this.#folder, name);
    const content = {
      cells: this.cells.map(({ source, count, outputs, metadata }, at) => ({
        cell_type: "code",
        execution_count: count,
        id: `cell-${at}`,
        metadata,
        outputs,
        source: source.split(/(?<=\n)/),
      })),
      metadata: { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    writeFileSync(path, `${JSON.stringify(content, null, 1)}\n`);
    return readNotebook(`${JSON.stringify(content, null, 1)}\n`, path);
  }

  async #start(): Promise<KernelClient> {
    const client = new KernelClient(await this.#engine.startKernel({ directory: this.#folder }));
    await client.ready();
    return client;
  }
}
