import { type DataflowOptions, DataflowRun, inOrder, type ParsedCell, wordsIn } from "./analyse.ts";
import type { Dataflow } from "./model.ts";

/**
 * The dataflow of a notebook that is being edited, in one order. People edit one cell for a while: `prepare` runs all
 * cells before it ahead of time, so that the next analysis runs only the rest. Its answers are those of
 * `analyseDataflow`, whatever was edited.
 */
export class IncrementalDataflow {
  #last: readonly ParsedCell[] = [];
  /** How many cells, in the order in which they run, were as before when last analysed. */
  #unchanged = 0;
  #versions: DataflowOptions["versions"];
  #halted: DataflowRun | undefined;

  /** As `analyseDataflow`. Cells are the same ones as before where they are the same objects with the same index. */
  analyse(cells: readonly ParsedCell[], { order, versions }: DataflowOptions = {}): Dataflow {
    const sequence = inOrder(cells, order);
    this.#unchanged = commonStart(this.#last, sequence);
    const words = wordsIn(cells);
    const run =
      this.#halted !== undefined && this.#fits(this.#halted, sequence, words, versions)
        ? this.#halted
        : new DataflowRun(versions);
    this.#halted = undefined;
    this.#last = sequence;
    this.#versions = versions;
    run.words = () => words;
    for (const cell of sequence.slice(run.ran.length)) run.run(cell);
    return run.finish(cells);
  }

  /** Runs the cells before the one that was edited last. To be called when there is time. */
  prepare(): void {
    const run = new DataflowRun(this.#versions);
    const words = wordsIn(this.#last);
    run.words = () => words;
    // Where nothing was edited yet, anything may be.
    for (const cell of this.#last.slice(0, Math.min(this.#unchanged, this.#last.length - 1))) run.run(cell);
    this.#halted = run;
  }

  #fits(
    { ran, told }: DataflowRun,
    sequence: readonly ParsedCell[],
    words: ReadonlySet<string>,
    versions: DataflowOptions["versions"],
  ): boolean {
    const isSameWorld = JSON.stringify(versions ?? {}) === JSON.stringify(this.#versions ?? {});
    if (!isSameWorld || commonStart(ran, sequence) < ran.length) return false;
    return told === undefined || (told.size === words.size && [...told].every((word) => words.has(word)));
  }
}

function commonStart(one: readonly ParsedCell[], other: readonly ParsedCell[]): number {
  let length = 0;
  while (length < one.length && length < other.length && isSame(one[length], other[length])) length++;
  return length;
}

function isSame(one: ParsedCell | undefined, other: ParsedCell | undefined): boolean {
  return one?.module === other?.module && one?.cell.index === other?.cell.index;
}
