import { longestMilliseconds } from "../../kernel/waiting.ts";

/**
 * Writes a copy of what grows, now and then, for people who look at it meanwhile: seldom enough that writing never takes
 * more than a twentieth of the time, however large it has become.
 */
export class LiveCopy {
  readonly #version: () => number;
  readonly #write: () => Promise<void>;
  readonly #every: number;
  #written = -1;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isStopped = false;

  /** @param everyMilliseconds The shortest time between two writings. */
  constructor(version: () => number, write: () => Promise<void>, everyMilliseconds = 2000) {
    this.#version = version;
    this.#write = write;
    this.#every = Math.min(everyMilliseconds, longestMilliseconds);
  }

  start(delayMilliseconds = this.#every): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#writing = this.#writeIfNew();
    }, delayMilliseconds);
    this.#timer.unref();
  }

  /** Waits for a writing that has begun; nothing is written afterwards. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#writing;
  }

  async #writeIfNew(): Promise<void> {
    const began = performance.now();
    if (this.#version() !== this.#written) {
      this.#written = this.#version();
      // The last writing, after the run, tells of a disk that is full.
      await this.#write().catch(() => {});
    }
    this.start(Math.max(this.#every, 20 * (performance.now() - began)));
  }
}
