/** How many messages are worth a waking of this process. */
const worthwhile = 20;

/** The longest wait: nobody sees a hundredth of a second. */
const longestMilliseconds = 10;

/**
 * Lets messages that come one by one gather, so that they are taken many at a time: to be woken for each costs several
 * times what the message itself does. How long depends on how fast they come; a flood is not held up at all.
 */
export class Gathering {
  #taken = 0;
  #since = performance.now();
  #end: (() => void) | undefined;

  /** A message was taken. */
  count(): void {
    this.#taken += 1;
  }

  /** Waits for more, after all that was there has been taken. */
  async pause(): Promise<void> {
    const now = performance.now();
    const milliseconds = Math.min((worthwhile * (now - this.#since)) / this.#taken, longestMilliseconds);
    this.#taken = 0;
    this.#since = now;
    if (milliseconds < 1) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
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
}
