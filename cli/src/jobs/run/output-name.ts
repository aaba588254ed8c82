import { randomUUID } from "node:crypto";
import { ProblemError } from "@reprise/core";
import { type ParameterInput, pythonLiteral } from "@reprise/core/node";

/**
 * The output's name with parameters filled in, as papermill does: `out-{alpha}.ipynb`; `{pm[run_uuid]}` is another one
 * each time, and doubled braces are braces. Throws ProblemError RP141 for a name that is not given a value.
 */
export function filledIn(output: string, { rawTexts = {}, texts = {}, values = {} }: ParameterInput): string {
  return output.replace(/\{\{|\}\}|\{([^{}]*)\}/g, (braces, name: string | undefined) => {
    if (name === undefined) return braces.slice(1);
    if (name === "pm[run_uuid]") return randomUUID();
    const value = rawTexts[name] ?? texts[name] ?? values[name];
    if (value !== undefined) return typeof value === "string" ? value : pythonLiteral(value);
    throw new ProblemError({
      id: "RP141",
      message: `The output's name has {${name}} in it, and no value is given for that`,
      mend: `Give it (-p ${name || "NAME"} VALUE), or double the braces that belong to the name.`,
    });
  });
}
