/** How many messages are worth a waking of this process. */
const worthwhile = 16;

/** With so many at once their sender may be waiting for room. */
const plenty = 32;

/** The longest wait, which nobody sees. What a kernel that died had sent must come within the grace of its client. */
const longestMilliseconds = 20;

/**
 * Lets messages that come one by one gather, so that they are taken many at a time: to be woken for each costs several
 * times what the message itself does. The wait grows until enough come in it; a flood is not held up.
 */
export class Gathering {
  #taken = 0;
  #milliseconds = 0;
  #end: (() => void) | undefined;

  /** A message was taken. */
  count(): void {
    this.#taken += 1;
  }

  /** Waits for more, after all that was there has been taken. */
  async pause(): Promise<void> {
    this.#milliseconds = this.#next();
    this.#taken = 0;
    if (this.#milliseconds === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#milliseconds);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#end = undefined;
  }

  /** Ends a wait: what comes now is wanted at once. */
  cut(): void {
    this.#end?.();
  }

  #next(): number {
    if (this.#taken >= plenty) return 0;
    if (this.#taken >= worthwhile) return this.#milliseconds;
    return Math.min(2 * this.#milliseconds || 1, longestMilliseconds);
  }
}
