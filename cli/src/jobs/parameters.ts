import { readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import { ProblemError } from "@reprise/core";
import {
  isAddress,
  type ParameterInput,
  type ParameterValue,
  parametersFromYaml,
  readAddress,
  withoutSecrets,
} from "@reprise/core/node";
import type { Reading } from "../input.ts";
import type { RunOptions } from "./run/run-options.ts";

/**
 * Parameters as papermill takes them: base64, files, YAML, typed, raw, each later one stronger.
 * A file may be at an address, or `-` for standard input. Throws ProblemError RP144 for a file or YAML that cannot be
 * read, RP363 to RP367 for an address.
 */
export async function readParameters(
  options: Pick<RunOptions, "parameters" | "parametersRaw" | "parametersFile" | "parametersYaml" | "parametersBase64">,
  reading: Reading = {},
): Promise<ParameterInput> {
  const values: Record<string, ParameterValue> = {};
  for (const text of options.parametersBase64 ?? []) {
    Object.assign(values, mapping(Buffer.from(text, "base64").toString("utf8"), "--parameters-base64"));
  }
  for (const file of options.parametersFile ?? []) {
    Object.assign(values, mapping(await textAt(file, reading), withoutSecrets(file)));
  }
  for (const text of options.parametersYaml ?? []) Object.assign(values, mapping(text, "--parameters-yaml"));
  return {
    values,
    texts: Object.fromEntries(options.parameters ?? []),
    rawTexts: Object.fromEntries(options.parametersRaw ?? []),
  };
}

async function textAt(file: string, reading: Reading): Promise<string> {
  if (isAddress(file)) return new TextDecoder().decode(await readAddress(file, reading));
  if (file === "-") return textOf(process.stdin);
  return readFile(file, "utf8").catch((error: Error) => {
    throw badParameters(file, error.message);
  });
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
