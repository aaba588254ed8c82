import { readFile } from "node:fs/promises";
import { ProblemError } from "@reprise/core";
import { type ParameterInput, type ParameterValue, parametersFromYaml } from "@reprise/core/node";
import type { RunOptions } from "./run/run.ts";

/**
 * Parameters as papermill takes them: base64, files, YAML, typed, raw, each later one stronger.
 * Throws ProblemError RP144 for a file or YAML that cannot be read.
 */
export async function readParameters(
  options: Pick<RunOptions, "parameters" | "parametersRaw" | "parametersFile" | "parametersYaml" | "parametersBase64">,
): Promise<ParameterInput> {
  const values: Record<string, ParameterValue> = {};
  for (const text of options.parametersBase64 ?? []) {
    Object.assign(values, mapping(Buffer.from(text, "base64").toString("utf8"), "--parameters-base64"));
  }
  for (const file of options.parametersFile ?? []) {
    const text = await readFile(file, "utf8").catch((error: Error) => {
      throw badParameters(file, error.message);
    });
    Object.assign(values, mapping(text, file));
  }
  for (const text of options.parametersYaml ?? []) Object.assign(values, mapping(text, "--parameters-yaml"));
  return {
    values,
    texts: Object.fromEntries(options.parameters ?? []),
    rawTexts: Object.fromEntries(options.parametersRaw ?? []),
  };
}

function mapping(text: string, source: string): Readonly<Record<string, ParameterValue>> {
  try {
    return parametersFromYaml(text);
  } catch (error) {
    throw badParameters(source, error instanceof Error ? error.message : String(error));
  }
}

function badParameters(source: string, cause: string): ProblemError {
  return new ProblemError({
    id: "RP144",
    message: `The parameters of ${source} cannot be read`,
    mend: "Give a YAML mapping, such as {n_trees: 300, test_size: 0.3}.",
    cause,
  });
}
