import type { ParseCallback } from "web-tree-sitter";

/** What one text may cost is so many times its length, and as many characters more. */
const mostReadings = 20;
const inAnyCase = 1 << 24;

/** As much as the parser takes at a time. */
const pieceLength = 5000;

/**
 * How often the parser may read one text. Its scanner looks ahead at each token for where the block ends, over all
 * comments and line continuations that follow: of thousands in a row, it reads the rest of them at each. Characters are
 * counted, not time, so that the same text gives the same answer everywhere.
 */
export class ReadingBudget {
  #left: number;

  constructor(text: string) {
    this.#left = mostReadings * text.length + inAnyCase;
  }

  /** Whether more was asked for than there was: what was parsed then is not the text. */
  get isSpent(): boolean {
    return this.#left < 0;
  }

  /** Gives the text, or a piece of it, to the parser; its end, where there is nothing left to spend. */
  reader(text: string): ParseCallback {
    return (index) => {
      const piece = text.slice(index, index + pieceLength);
      this.#left -= piece.length;
      return this.isSpent ? undefined : piece;
    };
  }
}
