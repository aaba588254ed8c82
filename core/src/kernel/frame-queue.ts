import type { Channel } from "./message.ts";

export interface ReceivedFrames {
  readonly channel: Channel;
  readonly frames: readonly Uint8Array[];
}

/** Frames on their way from sockets or a pipe to the one that reads them: in order, without a limit, none lost. */
export class FrameQueue implements AsyncIterable<ReceivedFrames> {
  #waiting: ReceivedFrames[] = [];
  #wake: (() => void) | undefined;
  #ended = false;

  push(received: ReceivedFrames): void {
    this.#waiting.push(received);
    this.#wake?.();
  }

  /** No more will come; what is still in the queue is delivered first. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<ReceivedFrames> {
    for (;;) {
      const batch = this.#waiting;
      this.#waiting = [];
      yield* batch;
      if (this.#waiting.length > 0) continue;
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }
}
