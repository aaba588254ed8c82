import type { ProcessUsage } from "../../host/process-usage.ts";

/** What programs use that run one after the other: of the processor, together. */
export class ProgramsUsage {
  #ask: (() => Promise<ProcessUsage | undefined>) | undefined;
  #before = 0;
  #cpuSeconds = 0;

  /** From now on this one. */
  follow(ask: () => Promise<ProcessUsage | undefined>): void {
    this.#ask = ask;
    this.#before = this.#cpuSeconds;
  }

  async now(): Promise<ProcessUsage | undefined> {
    const now = await this.#ask?.();
    if (now === undefined) return undefined;
    this.#cpuSeconds = this.#before + now.cpuSeconds;
    return { ...now, cpuSeconds: this.#cpuSeconds };
  }
}
