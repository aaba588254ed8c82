import { type ParameterValue, PythonFloat } from "../run/parameters/parameter-value.ts";
import type { Dimension, SamplePlan } from "./batch-plan.ts";
import type { ParameterSet } from "./parameter-set.ts";
import { randomStream } from "./random-stream.ts";
import { sobolPoints } from "./sobol.ts";

/** The points that a sample draws; the same ones for the same plan, and a larger count only adds to them. */
export function drawPoints(plan: SamplePlan): ParameterSet[] {
  const { count, method = "sobol", seed = 0, space } = plan;
  const dimensions = Object.entries(space);
  const units =
    method === "sobol" ? shiftedSobol(dimensions.length, count, seed) : random(dimensions.length, count, seed);
  return units.map((unit) =>
    Object.fromEntries(dimensions.map(([name, dimension], index) => [name, valueAt(dimension, unit[index] as number)])),
  );
}

function random(dimensions: number, count: number, seed: number): number[][] {
  const next = randomStream(seed);
  return Array.from({ length: count }, () => Array.from({ length: dimensions }, next));
}

/** A random digital shift keeps the even filling, and the origin out of it. */
function shiftedSobol(dimensions: number, count: number, seed: number): number[][] {
  const next = randomStream(seed);
  const shift = Array.from({ length: dimensions }, () => Math.floor(next() * 2 ** 32));
  return sobolPoints(dimensions, count).map((point) =>
    Array.from(point, (value, dimension) => ((value ^ (shift[dimension] as number)) >>> 0) / 2 ** 32),
  );
}

function valueAt(dimension: Dimension, unit: number): ParameterValue {
  if (!("from" in dimension)) return dimension[Math.floor(unit * dimension.length)] as ParameterValue;
  const { from, to, scale = "linear", type = "float" } = dimension;
  // Whole numbers: each gets the same share of the range, the two ends too.
  const [low, high] = type === "int" ? [from - 0.5, to + 0.5] : [from, to];
  const value =
    scale === "log" ? Math.exp(Math.log(low) + unit * (Math.log(high) - Math.log(low))) : low + unit * (high - low);
  return type === "int" ? Math.min(Math.max(Math.round(value), from), to) : new PythonFloat(value);
}
