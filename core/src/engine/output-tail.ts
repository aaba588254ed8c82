/** The last part of what a process wrote: enough to tell why it failed, never more. */
export class OutputTail {
  readonly #limit: number;
  #text = "";

  constructor(limit = 16_384) {
    this.#limit = limit;
  }

  add(text: string): void {
    this.#text = (this.#text + text).slice(-this.#limit);
  }

  get text(): string {
    return this.#text;
  }
}
