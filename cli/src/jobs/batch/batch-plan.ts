import { readFile } from "node:fs/promises";
import { ProblemError } from "@reprise/core";
import { type BatchPlan, drawSome, type ParameterSet, parameterSets, readBatchFile } from "@reprise/core/node";
import type { BatchOptions } from "./batch-options.ts";

/** The sets of a batch. Values of the call are text that the parameter's definition gives a type. */
export interface PlannedSets {
  readonly sets: readonly ParameterSet[];
  /** The names whose values are such texts. */
  readonly texts: ReadonlySet<string>;
}

/** Which runs the call asks for. Throws ProblemError RP141, RP144, RP146. */
export async function planSets(options: BatchOptions): Promise<PlannedSets> {
  const given = valuesOfCall(options.parameters ?? []);
  const file = options.grid === undefined ? {} : await planIn(options.grid);
  if (options.grid === undefined && given.size === 0) {
    throw new ProblemError({
      id: "RP141",
      message: "The call does not say which runs to make",
      mend: "Give values, such as -p n_trees 100,300, or a file with --grid.",
    });
  }
  const plan: BatchPlan = {
    ...file,
    ...(given.size > 0 && { grid: { ...file.grid, ...Object.fromEntries(given) } }),
    ...(file.sample && {
      sample: {
        ...file.sample,
        ...(options.sample !== undefined && { count: options.sample }),
        ...(options.sampleSeed !== undefined && { seed: options.sampleSeed }),
      },
    }),
  };
  const sets = parameterSets(plan);
  const drawn =
    options.sample === undefined || plan.sample ? sets : drawSome(sets, options.sample, options.sampleSeed ?? 0);
  return { sets: drawn, texts: new Set(given.keys()) };
}

function valuesOfCall(parameters: readonly [string, string][]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, text] of parameters) values.set(name, [...(values.get(name) ?? []), ...splitAtCommas(text)]);
  return values;
}

/** At commas outside brackets and quotes: `[1,2],[3]` is two lists. */
function splitAtCommas(text: string): string[] {
  const parts = [""];
  let depth = 0;
  let quote = "";
  for (const character of text) {
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if ("[{(".includes(character)) depth++;
    else if ("]})".includes(character)) depth--;
    if (character === "," && depth === 0 && quote === "") parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}

async function planIn(path: string): Promise<BatchPlan> {
  const text = await readFile(path, "utf8").catch((error: Error) => {
    throw new ProblemError({
      id: "RP144",
      message: `--grid ${path} cannot be read`,
      place: { file: path },
      mend: "Name a YAML file with lists of values, such as {n_trees: [100, 300]}.",
      cause: error.message,
    });
  });
  return readBatchFile(text, path);
}
