import { type PipelinePlan, ProblemError } from "@reprise/core";
import { type ParameterInput, type ParameterType, type ParameterValue, typedValues } from "@reprise/core/node";
import { pythonParser } from "./analysis.ts";

const types: ReadonlySet<string> = new Set<ParameterType>(["str", "int", "float", "bool", "list", "dict"]);

/**
 * Values for a project's parameters, typed as its settings declare them, before anything runs. Throws ProblemError RP142
 * for a name that it does not have, RP143 for a value of another type.
 */
export async function projectValues(
  plan: PipelinePlan,
  input: ParameterInput,
  path: string,
): Promise<Map<string, ParameterValue>> {
  checkNames(plan, { ...input.values, ...input.texts, ...input.rawTexts }, path);
  const parser = await pythonParser();
  const definitionOf = (name: string) => {
    const known = plan.parameters.find((parameter) => parameter.name === name);
    // A number may be whole or not, and the seed is no parameter of the notebook.
    const declared = known === undefined && name === "seed" ? "int" : known?.type;
    return {
      name,
      ...(declared !== undefined && types.has(declared) && { type: declared as ParameterType }),
      optional: known?.optional === true || known?.type === "none",
      help: known?.help ?? "",
    };
  };
  return typedValues(input, definitionOf, { file: path }, parser);
}

/** Throws ProblemError RP142 for a parameter that the project does not have. */
function checkNames(plan: PipelinePlan, given: Readonly<Record<string, unknown>>, path: string): void {
  const known = [...plan.parameters.map(({ name }) => name), "seed"];
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new ProblemError({
    id: "RP142",
    message: `${path}: there is no parameter ${unknown}`,
    mend: `It has ${known.join(", ")}.`,
  });
}
