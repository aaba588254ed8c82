import type { BatchRow } from "./batch-row.ts";
import { writeResults } from "./results-table.ts";

/** Fills a table of results as runs end: written again after each of them, or as soon as the last writing is done. */
export class ResultsFile {
  readonly #path: string;
  readonly #rows = new Map<number, BatchRow>();
  #isDirty = false;
  #writing: Promise<void> | undefined;

  constructor(path: string, rows: Iterable<BatchRow>) {
    this.#path = path;
    for (const row of rows) this.#rows.set(row.index, row);
  }

  add(row: BatchRow): void {
    this.#rows.set(row.index, row);
    this.#isDirty = true;
    // A disk that is full now may have room at the end; what is wrong then is told.
    this.#writing ??= this.#write().catch(() => {});
  }

  /** Throws ProblemError RP361, RP362 where the table cannot be written. */
  async close(rows: readonly BatchRow[]): Promise<void> {
    await this.#writing;
    await writeResults(this.#path, rows);
  }

  async #write(): Promise<void> {
    try {
      while (this.#isDirty) {
        this.#isDirty = false;
        const rows = [...this.#rows.values()].sort((left, right) => left.index - right.index);
        await writeResults(this.#path, rows);
      }
    } finally {
      this.#writing = undefined;
    }
  }
}
