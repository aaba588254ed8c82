import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Mutant } from "./mutants.ts";
import type { Fate } from "./trial.ts";

export interface Result {
  readonly mutant: Omit<Mutant, "text">;
  readonly fate: Fate;
  readonly diff: string;
}

/** What became of the mutants of one sample. */
export interface SampleResults {
  readonly sample: string;
  readonly results: readonly Result[];
  /** How many mutants the operators make of it. */
  readonly possible: number;
  /** What two runs of the sound project do not agree on, to the oracle's eye. */
  readonly unstable: readonly string[];
  /** Time was up before all of its mutants were tried. */
  readonly isCutOff?: boolean;
  /** Why it was left out. */
  readonly left?: string;
}

/** The results of one sample, in a file of the kept folder as they come. */
export class KeptResults {
  readonly #file: string | undefined;
  readonly #asked: string;
  readonly #sample: string;
  readonly #results: Result[] = [];
  readonly #known = new Set<string>();
  /** All of them, where an earlier run came to its end. */
  readonly complete: SampleResults | undefined;

  constructor(sample: string, folder: string | undefined, asked: string) {
    this.#sample = sample;
    this.#asked = asked;
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, `${sample}.json`);
    if (!existsSync(this.#file)) return;
    const kept = JSON.parse(readFileSync(this.#file, "utf8")) as SampleResults & { asked: string; isComplete: boolean };
    if (kept.asked !== asked) return;
    if (kept.isComplete) this.complete = kept;
    for (const result of kept.results) this.#remember(result);
  }

  get count(): number {
    return this.#results.length;
  }

  has(mutant: Mutant, diff: string): boolean {
    return this.#known.has(keyOf(mutant, diff));
  }

  add({ mutant, fate, diff }: Result & { readonly mutant: Mutant }): void {
    const { text: _text, ...rest } = mutant;
    this.#remember({ mutant: rest, fate, diff });
    this.#save(this.#summary({}), false);
  }

  /** What there is when time is up; a later run goes on from there. */
  cutOff(rest: Partial<SampleResults> = {}): SampleResults {
    return { ...this.#summary(rest), isCutOff: true };
  }

  finish(rest: Partial<SampleResults>): SampleResults {
    const all = this.#summary(rest);
    this.#save(all, true);
    return all;
  }

  #remember(result: Result): void {
    this.#results.push(result);
    this.#known.add(keyOf(result.mutant, result.diff));
  }

  #summary(rest: Partial<SampleResults>): SampleResults {
    return { sample: this.#sample, results: this.#results, possible: 0, unstable: [], ...rest };
  }

  #save(summary: SampleResults, isComplete: boolean): void {
    if (this.#file === undefined) return;
    writeFileSync(this.#file, JSON.stringify({ ...summary, asked: this.#asked, isComplete }, undefined, 1));
  }
}

const keyOf = ({ operator, line }: Omit<Mutant, "text">, diff: string): string => `${operator} ${line} ${diff}`;
