import type { Notebook } from "../../notebook/model.ts";
import { ProblemError, type ProblemPlace } from "../../problem/problem.ts";
import { parameterSyntax } from "./parameter-languages.ts";
import type { ParameterSyntax } from "./parameter-syntax.ts";
import { likelyValue } from "./parameter-text.ts";
import type { ParameterValue } from "./parameter-value.ts";
import type { ParameterInput } from "./parameters.ts";

export interface ForeignParameters {
  readonly values: ReadonlyMap<string, ParameterValue>;
  /** Absent without parameters, for which the language need not be known. */
  readonly syntax?: ParameterSyntax;
}

/**
 * The parameters for a notebook in another language than Python, which is not read here: which parameters it has and of
 * which type they are is unknown, so that a text means what it most likely means, as with papermill.
 * Throws ProblemError RP142 for what is no name, RP143 for a value that the language cannot say.
 */
export function foreignParameters(
  notebook: Notebook,
  kernel: { readonly name: string; readonly language: string },
  { values = {}, texts = {}, rawTexts = {} }: ParameterInput,
): ForeignParameters {
  const likely = Object.entries(texts).map(([name, text]) => [name, likelyValue(text)] as const);
  const given = new Map([...Object.entries(values), ...likely, ...Object.entries(rawTexts)]);
  if (given.size === 0) return { values: given };
  const place: ProblemPlace = { file: notebook.path };
  const syntax = parameterSyntax(kernel.name, kernel.language);
  if (syntax === undefined) {
    throw new ProblemError({
      id: "RP143",
      message: `How ${kernel.language || `the kernel ${kernel.name}`} writes values is not known here, so that no parameters can be given.`,
      place,
      mend: "Give them another way, such as an environment variable (--env NAME=VALUE) that the notebook reads.",
    });
  }
  for (const [name, value] of given) {
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
      throw new ProblemError({
        id: "RP142",
        message: `${name} cannot be the name of a parameter.`,
        place,
        mend: "Give it a name of letters, digits and underscores.",
      });
    }
    if (syntax.assign(name, value) !== undefined) continue;
    throw new ProblemError({
      id: "RP143",
      message: `The value of ${name} cannot be written in ${kernel.language} without becoming another.`,
      place,
      mend: "Give it as a text that the notebook reads (-r NAME TEXT).",
    });
  }
  return { values: given, syntax };
}
