/** Where something stands in a text. */

/** A position that people read: line and column count from 1, columns are UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** From `start` up to, but not including, `end`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A piece of a text by UTF-16 offsets from 0, `end` excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Turns offsets into positions and back, in logarithmic time after one pass over the text. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  /** The position of an offset; offsets outside the text are moved to its nearest end. */
  position(offset: number): Position {
    const at = Math.min(Math.max(offset, 0), this.#length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (this.#starts[low] as number) + 1 };
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) };
  }

  /** The offset of a position; lines and columns outside the text are moved to its nearest end. */
  offset(position: Position): number {
    const line = Math.min(Math.max(position.line, 1), this.#starts.length);
    return Math.min((this.#starts[line - 1] as number) + position.column - 1, this.#length);
  }
}
