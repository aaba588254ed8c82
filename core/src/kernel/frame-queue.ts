import type { Channel } from "./message.ts";

export interface ReceivedFrames {
  readonly channel: Channel;
  readonly frames: readonly Uint8Array[];
}

/** Frames on their way from sockets or a pipe to the one that reads them: in order, none lost. */
export class FrameQueue implements AsyncIterable<ReceivedFrames> {
  #waiting: (ReceivedFrames | undefined)[] = [];
  #next = 0;
  #wake: (() => void) | undefined;
  #emptied: PromiseWithResolvers<void> | undefined;
  #ended = false;

  push(received: ReceivedFrames): void {
    this.#waiting.push(received);
    this.#wake?.();
  }

  /** Resolves at once while few wait, else when all of them are taken: whoever can wait does not fill the memory. */
  async room(): Promise<void> {
    if (this.#waiting.length - this.#next < few) return;
    this.#emptied ??= Promise.withResolvers();
    await this.#emptied.promise;
  }

  /** No more will come; what is still in the queue is delivered first. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** By hand: a generator would hand over each item several turns later. */
  [Symbol.asyncIterator](): AsyncIterator<ReceivedFrames> {
    return { next: () => this.#take() };
  }

  async #take(): Promise<IteratorResult<ReceivedFrames, undefined>> {
    for (;;) {
      const value = this.#waiting[this.#next];
      if (value !== undefined) {
        // What is taken must not be held until the rest is.
        this.#waiting[this.#next] = undefined;
        this.#next += 1;
        if (this.#next === this.#waiting.length) this.#reset();
        return { value, done: false };
      }
      if (this.#ended) return { value: undefined, done: true };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }

  #reset(): void {
    this.#waiting = [];
    this.#next = 0;
    this.#emptied?.resolve();
    this.#emptied = undefined;
  }
}

const few = 16;
