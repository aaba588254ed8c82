/** What the command line of `npm run bench` gives every part. */
export interface BenchOptions {
  /** How often each contender runs where times are measured. */
  readonly rounds: number;
  /** How many inputs are made; a part has its own number where absent. */
  readonly count?: number;
  /** Decides what is made: the same seed gives the same inputs. */
  readonly seed: number;
  /** A part that takes long tries nothing more after so many minutes, and shows what it has. */
  readonly minutes?: number;
  /** A folder for what a part would otherwise throw away (misses, made notebooks). */
  readonly keep?: string;
}
