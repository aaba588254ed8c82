import type { ParameterValue } from "../run/parameters/parameter-value.ts";
import type { ParameterSet } from "./parameter-set.ts";

/** Which runs a batch consists of: what a grid file says. */
export interface BatchPlan {
  /** Every combination of the values. */
  readonly grid?: Readonly<Record<string, readonly ParameterValue[]>>;
  /** More of the grid for the sets that have these values: they multiply only there. */
  readonly when?: readonly ConditionalGrid[];
  /** Sets that are left out: those that have all of these values. */
  readonly exclude?: readonly ParameterSet[];
  /** Sets that are run as they stand, after the grid. */
  readonly runs?: readonly ParameterSet[];
  /** Points drawn from a space; with a grid, each of its sets gets every point. */
  readonly sample?: SamplePlan;
}

export interface ConditionalGrid {
  readonly if: ParameterSet;
  readonly grid: Readonly<Record<string, readonly ParameterValue[]>>;
}

export interface SamplePlan {
  readonly count: number;
  /** `sobol` fills the space evenly; `random` draws each point by itself. `sobol` if absent. */
  readonly method?: "random" | "sobol";
  /** Equal seeds draw equal points; 0 if absent. */
  readonly seed?: number;
  readonly space: Readonly<Record<string, Dimension>>;
}

/** Values to choose from, or a range. */
export type Dimension = readonly ParameterValue[] | NumberRange;

/** Both ends belong to it. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
  /** `log`: each decade gets as many points as another. `linear` if absent. */
  readonly scale?: "linear" | "log";
  /** `float` if absent. */
  readonly type?: "int" | "float";
}
