import { type Notebook, ProblemError } from "@reprise/core";
import {
  foreignParameters,
  type Kernelspec,
  kernelspecNamed,
  kernelspecs,
  type NotebookRunRequest,
  type ParameterInput,
} from "@reprise/core/node";
import type { RunOptions } from "./run-options.ts";

/** Options that may ask for what only a notebook in Python can give. */
export type LanguageOptions = Pick<RunOptions, "asOf" | "environment" | "seed"> &
  Partial<Pick<RunOptions, "cache" | "from" | "only" | "resume" | "to">> & { readonly engine: string };

/** The kernel of another language that a notebook is run with; `undefined` for Python. Throws ProblemError RP310. */
export function foreignKernel(notebook: Notebook, named: string | undefined): Kernelspec | undefined {
  if (named === undefined && notebook.language === "python") return undefined;
  const name = named ?? notebook.kernelName ?? kernelOfLanguage(notebook.language)?.name ?? notebook.language;
  const spec = kernelspecNamed(name);
  return spec.language === "python" ? undefined : spec;
}

function kernelOfLanguage(language: string): Kernelspec | undefined {
  return kernelspecs().find((spec) => spec.language === language);
}

/**
 * What of a run's request is particular to another language. Its code is not read: no metrics, no data files, no parts of
 * the notebook are known. Throws ProblemError RP142, RP143 for parameters.
 */
export function foreignPart(
  notebook: Notebook,
  kernel: Kernelspec,
  given: ParameterInput,
): Required<Pick<NotebookRunRequest, "parameters">> & Pick<NotebookRunRequest, "syntax"> {
  const { syntax, values } = foreignParameters(notebook, kernel, given);
  return { parameters: values, ...(syntax === undefined ? {} : { syntax }) };
}

/** Throws ProblemError RP141 for options that need the code read. */
export function checkLanguageOptions(kernel: Kernelspec, options: LanguageOptions): void {
  const given: readonly (readonly [name: string, isGiven: boolean])[] = [
    [`--engine ${options.engine}`, options.engine !== "local"],
    [`--environment ${options.environment}`, options.environment !== "auto" && options.environment !== "kernel"],
    ["--as-of", options.asOf !== undefined],
    ["--seed", options.seed !== undefined],
    ["--from", options.from !== undefined],
    ["--to", options.to !== undefined],
    ["--only", options.only !== undefined],
    ["--resume", options.resume === true],
    ["--cache", options.cache === true],
  ];
  const meant = given.find(([, isGiven]) => isGiven);
  if (meant === undefined) return;
  throw new ProblemError({
    id: "RP141",
    message: `The kernel ${kernel.name} runs ${kernel.language || "another language"}, for which ${meant[0]} has no meaning: only Python is read`,
    mend: "Leave it out: the notebook is run whole, with the kernel as it is installed here.",
  });
}
