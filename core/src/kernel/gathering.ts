/** How many messages are worth a waking of this process. */
const worthwhile = 16;

/** With so many at once their sender may be waiting for room. */
const plenty = 32;

/** So many wakings after an answer are not held up: a short cell's are fewer. */
const prompt = 16;

/** The longest wait, which nobody sees. What a kernel that died had sent must come within the grace of its client. */
const longestMilliseconds = 20;

/**
 * Lets messages that come one by one gather, so that they are taken many at a time: to be woken for each costs several
 * times what the message itself does. The wait grows until enough come in it; a flood is not held up, and neither are
 * the messages of a short request.
 */
export class Gathering {
  #taken = 0;
  #milliseconds = 0;
  #wakings = 0;
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

  /** Ends a wait, and has the next messages come without one: a request was answered, and waits for the end of its output. */
  cut(): void {
    this.#milliseconds = 0;
    this.#wakings = 0;
    this.#end?.();
  }

  #next(): number {
    this.#wakings += 1;
    if (this.#wakings <= prompt) return 0;
    if (this.#taken >= plenty) return 0;
    if (this.#taken >= worthwhile) return this.#milliseconds;
    return Math.min(2 * this.#milliseconds || 1, longestMilliseconds);
  }
}
