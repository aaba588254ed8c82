import { ProblemError } from "../problem/problem.ts";
import type { ParameterValue } from "../run/parameters/parameter-value.ts";
import type { BatchPlan } from "./batch-plan.ts";
import { drawPoints } from "./draw-points.ts";
import { contains, keyOfSet, type ParameterSet } from "./parameter-set.ts";

/** More runs than this are a slip of the pen. */
const most = 100_000;

/**
 * The sets of parameters that a batch runs, in a fixed order, each once. Throws ProblemError RP146 where there are none, or
 * more than 100,000.
 */
export function parameterSets(plan: BatchPlan): ParameterSet[] {
  const { exclude = [], grid, runs = [], sample, when = [] } = plan;
  let sets: ParameterSet[] = grid === undefined && sample === undefined ? [] : combinations({}, grid ?? {});
  for (const condition of when) {
    sets = bounded(sets.flatMap((set) => (contains(set, condition.if) ? combinations(set, condition.grid) : [set])));
  }
  if (sample !== undefined) {
    const points = drawPoints(sample);
    if (sets.length * points.length > most) throw tooMany();
    sets = sets.flatMap((set) => points.map((point) => ({ ...set, ...point })));
  }
  const wanted = sets.filter((set) => !exclude.some((part) => contains(set, part)));
  const unique = new Map([...wanted, ...runs].map((set) => [keyOfSet(set), set]));
  if (unique.size === 0) {
    throw new ProblemError({
      id: "RP146",
      message: "The batch has no run: its grid is empty, or everything in it is excluded",
      mend: "Give a list of values for at least one parameter, such as -p n_trees 100,300.",
    });
  }
  return bounded([...unique.values()]);
}

function combinations(base: ParameterSet, grid: Readonly<Record<string, readonly ParameterValue[]>>): ParameterSet[] {
  let sets: ParameterSet[] = [base];
  for (const [name, values] of Object.entries(grid)) {
    if (sets.length * values.length > most) throw tooMany();
    sets = sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value })));
  }
  return sets;
}

function bounded(sets: ParameterSet[]): ParameterSet[] {
  if (sets.length > most) throw tooMany();
  return sets;
}

function tooMany(): ProblemError {
  return new ProblemError({
    id: "RP146",
    message: `The batch has more than ${most.toLocaleString("en")} runs`,
    mend: "Take fewer values, or draw some of the combinations: --sample 200.",
  });
}
