/** Variables that the numeric libraries read for how many threads they may start. */
const threadVariables = [
  "OMP_NUM_THREADS",
  "OPENBLAS_NUM_THREADS",
  "MKL_NUM_THREADS",
  "VECLIB_MAXIMUM_THREADS",
  "NUMEXPR_NUM_THREADS",
  "POLARS_MAX_THREADS",
  "LOKY_MAX_CPU_COUNT",
] as const;

export interface WorkerSettings {
  readonly workers: number;
  /** Of this machine. */
  readonly cores: number;
  /** For each worker; the cores shared out evenly if absent. */
  readonly threads?: number;
  /** Graphics cards that the workers share out among them, as CUDA calls them: numbers, or UUIDs. */
  readonly gpus?: readonly string[];
}

/**
 * The variables of each worker: its share of the processor, so that workers do not slow one another down, and its graphics
 * card. One worker alone has the machine, as `run` has; what `given` (the caller's environment) sets, stays.
 */
export function workerVariables(
  { cores, gpus = [], threads, workers }: WorkerSettings,
  given: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>>[] {
  const share = threads ?? Math.max(1, Math.floor(cores / workers));
  const limited = threads !== undefined || workers > 1;
  const forThreads = Object.fromEntries(
    limited ? threadVariables.filter((name) => given[name] === undefined).map((name) => [name, String(share)]) : [],
  );
  return Array.from({ length: workers }, (_, worker) => {
    const gpu = workers === 1 || gpus.length === 0 ? undefined : gpus[worker % gpus.length];
    return { ...forThreads, ...(gpu !== undefined && { CUDA_VISIBLE_DEVICES: gpu }) };
  });
}

/** The graphics cards that workers may share out: those that the caller made visible, else all that there are. */
export function visibleCards(count: number, given: Readonly<Record<string, string | undefined>>): readonly string[] {
  const visible = given.CUDA_VISIBLE_DEVICES;
  if (visible === undefined) return Array.from({ length: count }, (_, card) => String(card));
  const cards = visible.split(",").map((text) => text.trim());
  // CUDA stops at the first that is none.
  const end = cards.findIndex((card) => !/^(\d+|(GPU|MIG)-.+)$/.test(card));
  return end < 0 ? cards : cards.slice(0, end);
}
