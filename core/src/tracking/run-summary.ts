import type { RunRecord } from "../run/record/record.ts";

/** What a list of runs shows of each; what the index holds. */
export interface RunSummary {
  readonly id: string;
  readonly name: string;
  readonly experiment: string;
  readonly kind: RunRecord["kind"];
  readonly status: RunRecord["status"];
  readonly started: string;
  readonly ended?: string;
  readonly seconds?: number;
  readonly code: string;
  readonly codeHash: string;
  readonly commit?: string;
  readonly user: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The last value of each. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a list of runs shows of one. */
export function summaryOf(record: RunRecord): RunSummary {
  return {
    id: record.id,
    name: record.name,
    experiment: record.experiment,
    kind: record.kind,
    status: record.status,
    started: record.started,
    ...(record.ended === undefined ? {} : { ended: record.ended }),
    ...(record.seconds === undefined ? {} : { seconds: record.seconds }),
    code: record.code.path,
    codeHash: record.code.hash,
    ...(record.code.git === undefined ? {} : { commit: record.code.git.commit }),
    user: record.user,
    parameters: record.parameters,
    metrics: lastMetrics(record.metrics),
    tags: record.tags,
  };
}

/** The newest value of each metric: the highest step, and of one step the latest. */
export function lastMetrics(points: RunRecord["metrics"]): Readonly<Record<string, number>> {
  const last = new Map<string, RunRecord["metrics"][number]>();
  for (const point of points) {
    const known = last.get(point.name);
    const isNewer =
      known === undefined || point.step > known.step || (point.step === known.step && point.time >= known.time);
    if (isNewer) last.set(point.name, point);
  }
  return Object.fromEntries([...last].map(([name, { value }]) => [name, value]));
}
