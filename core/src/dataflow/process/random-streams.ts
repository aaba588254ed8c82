import type { RandomStream } from "../../effects/effect.ts";
import { type Journal, put } from "../incremental/journal.ts";

/** The newest use of a random stream. */
export interface StreamUse {
  readonly last: number;
  /** A statement seeded it, at or before that use. */
  readonly seeded: boolean;
}

/** Which statement used each random stream last, and whether it has been seeded. */
export class RandomStreams {
  readonly #uses = new Map<RandomStream, StreamUse | undefined>();
  readonly #journal: Journal | undefined;

  constructor(journal?: Journal) {
    this.#journal = journal;
  }

  useOf(stream: RandomStream): StreamUse | undefined {
    this.#journal?.reads.add(`stream ${stream}`);
    return this.#uses.get(stream);
  }

  /** A stream is used, or again what it was after a use, or before any. */
  set(stream: RandomStream, use: StreamUse | undefined): void {
    put(this.#journal, `stream ${stream}`, this.#uses, stream, use);
  }
}
