/** What a run's kernel, and all that it started, used of the machine. */
export interface ResourceUse {
  readonly cpuSeconds: number;
  /** The highest that was seen; a peak between two looks is not. */
  readonly peakMemoryBytes: number;
  /** What there is: a container's limit, or the machine's memory. */
  readonly totalMemoryBytes: number;
  /** How many cores the percentages of a machine are of. */
  readonly cores: number;
  /** In the order of time; of a long run fewer, evenly spread. */
  readonly samples: readonly ResourceSample[];
}

export interface ResourceSample {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Cores kept busy since the sample before: 1.5 is one and a half. */
  readonly cores: number;
  readonly memoryBytes: number;
  readonly processes: number;
  /** Of the whole machine's cards: what they do for others is in it. */
  readonly gpus?: readonly GraphicsSample[];
}

export interface GraphicsSample {
  readonly index: number;
  /** Of the time that something ran on it. */
  readonly percent: number;
  readonly memoryBytes: number;
  readonly totalBytes: number;
}
