import type { JsonValue } from "../../plan/plan.ts";
import type { ProjectContext } from "../context.ts";
import type { ProjectObservation } from "../observation.ts";
import type { RecordedMetric } from "./recorded-metrics.ts";

/** The project's file that holds what its regression tests compare with. */
export const recordedFile = "tests/recorded.json";

/** Everything that is recorded about a run; `tests/recorded.json`. */
export interface Recorded {
  /** Numbers in the notebook's saved outputs, by metric: how far off another may be that prints the same. */
  readonly metrics: Readonly<Record<string, { readonly value: number; readonly abs: number }>>;
  /** By stage and name. */
  readonly values: Readonly<Record<string, Readonly<Record<string, RecordedValue>>>>;
  /** Values that are not compared, and why not. */
  readonly left_out: readonly { readonly stage: string; readonly name: string; readonly why: string }[];
}

interface RecordedValue {
  readonly rel: number;
  readonly abs: number;
  readonly summary: JsonValue;
}

/** Metrics as `tests/recorded.json` has them. */
function recordedMetricsOf(metrics: readonly RecordedMetric[]): Recorded["metrics"] {
  return Object.fromEntries(metrics.map(({ name, value, precision }) => [name, { value, abs: precision }]));
}

/** What a proof saw of each value, with the tolerance that it found; what the notebook does not reproduce is left out. */
export function recordedOf(metrics: Recorded["metrics"], observation: ProjectObservation | undefined): Recorded {
  const { rtol, atol } = observation?.tolerance ?? { rtol: 0, atol: 0 };
  const values: Record<string, Record<string, RecordedValue>> = {};
  const leftOut: { stage: string; name: string; why: string }[] = [];
  for (const [stage, seen] of Object.entries(observation?.values ?? {})) {
    for (const [name, { verdict, summary }] of Object.entries(seen)) {
      if (verdict === undefined) {
        leftOut.push({
          stage,
          name,
          why: "the proof could not tell whether it is the notebook's: it is not reproduced, or opaque",
        });
      } else if (summary !== undefined) {
        const [rel, abs] = verdict === "identical" ? [0, 0] : [rtol, atol];
        values[stage] = { ...values[stage], [name]: { rel, abs, summary } };
      }
    }
  }
  return { metrics, values, left_out: leftOut };
}

/** The text of `tests/recorded.json`. */
export function recordedText({ observation }: ProjectContext, metrics: readonly RecordedMetric[]): string {
  return `${JSON.stringify(recordedOf(recordedMetricsOf(metrics), observation), null, 2)}\n`;
}
