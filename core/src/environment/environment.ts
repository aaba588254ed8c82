/** Exact packages for a Python, as a lock (PEP 751) with hashes, and how they were chosen. */
export interface Environment {
  /** `3.11`: what the lock was resolved for. */
  readonly python: string;
  /** The text of pylock.toml. */
  readonly lock: string;
  /** `sha256:...` of the lock's text. */
  readonly lockHash: string;
  /** What the notebook imports itself, as exact requirements: `pandas==3.1.1`. */
  readonly direct: readonly string[];
  /** Everything in the lock. */
  readonly packages: readonly LockedPackage[];
  /** Nothing newer than this day was allowed: `2023-06-01`. */
  readonly asOf?: string;
  /** Why these versions: one sentence for each source that decided. */
  readonly reasons: readonly string[];
  /** Which packages are older than they would be, and why: a sentence each. */
  readonly olderThanNewest?: readonly string[];
}

export interface LockedPackage {
  readonly name: string;
  readonly version: string;
}

/** A Python environment on this machine, made from a lock or found as it is. */
export interface PythonEnvironment {
  /** Absolute path of its interpreter. */
  readonly python: string;
  /** What the interpreter itself says: `3.11.7`. */
  readonly version: string;
  readonly folder: string;
  /** The lock it was made from; absent for one that Reprise only found. */
  readonly lockHash?: string;
}
