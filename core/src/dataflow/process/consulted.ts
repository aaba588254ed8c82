import type { LibraryCall } from "../calls/library-call.ts";
import type { Interpreter } from "../interpreter.ts";
import type { Value } from "../objects/value.ts";

/** Stands for the settings of whatever library there is, among those that a statement consults. */
export const anySettings = "*";

/** Stands for the settings of figures. */
export const figureSettings = "figure";

/**
 * A function of a library runs: it may ask for that library's settings. What it gives may be of another, whose code runs
 * by operators too: pandas gives arrays, seaborn tables.
 */
export function noteConsulted(run: Interpreter, { qualified, effect }: LibraryCall, made: Value): void {
  const { recorder } = run;
  recorder.consults(libraryOf(qualified));
  for (const { type } of made) if (type !== undefined) recorder.consults(libraryOf(type));
  const draws = effect.state?.some(({ state, use }) => state === "figure" && use === "change");
  if (draws || effect.role === "plot") recorder.consults(figureSettings);
}

/** `numpy` for `numpy.random.default_rng`. */
export function libraryOf(qualified: string): string {
  const end = qualified.indexOf(".");
  return end === -1 ? qualified : qualified.slice(0, end);
}
