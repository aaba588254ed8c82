import type { Span } from "../text/position.ts";
import { cleanedSpans } from "./cleanup.ts";
import type { MappedText } from "./source-map.ts";

/** A cell, or what stands below its magics, after IPython's cleanup, with the way back to the source. */
export class CleanedText {
  readonly text: string;
  readonly #spans: readonly Span[];
  readonly #starts: readonly number[];

  constructor(source: string, from: number) {
    this.#spans = cleanedSpans(source, from);
    let length = 0;
    this.#starts = this.#spans.map((span) => {
      const start = length;
      length += span.end - span.start;
      return start;
    });
    this.text = this.#spans.map(({ start, end }) => source.slice(start, end)).join("");
  }

  /** The offset in the source of the character at an offset here; of the end, where the last piece ends. */
  sourceOf(offset: number): number {
    const index = this.#indexAt(offset);
    const span = this.#spans[index];
    if (span === undefined) return 0;
    return Math.min(span.start + offset - (this.#starts[index] as number), span.end);
  }

  /** The offset in the source behind the character before an offset here. */
  sourceBehind(offset: number): number {
    return offset === 0 ? this.sourceOf(0) : this.sourceOf(offset - 1) + 1;
  }

  copyTo(made: MappedText, start: number, end: number): void {
    for (let index = this.#indexAt(start); index < this.#spans.length; index++) {
      const span = this.#spans[index] as Span;
      const begins = this.#starts[index] as number;
      if (begins >= end) break;
      const from = Math.max(span.start, span.start + start - begins);
      made.copy(from, Math.min(span.end, span.start + end - begins));
    }
  }

  #indexAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
