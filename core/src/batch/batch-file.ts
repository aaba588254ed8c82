import { Ajv, type ErrorObject } from "ajv";
import { closest } from "fastest-levenshtein";
import { parse } from "yaml";
import { ProblemError } from "../problem/problem.ts";
import schema from "./batch-file.schema.json" with { type: "json" };
import type { BatchPlan, NumberRange } from "./batch-plan.ts";
import { sobolDimensions } from "./sobol.ts";

/**
 * Reads a grid file: YAML (or JSON) as `batch-file.schema.json` describes it, or just names with lists of values, which is
 * a grid. Throws ProblemError RP146 with the place in the file.
 */
export function readBatchFile(text: string, path: string): BatchPlan {
  const content = parsed(text, path);
  const isBareGrid =
    typeof content === "object" &&
    content !== null &&
    !Object.keys(content).some((key) => Object.hasOwn(schema.properties, key)) &&
    Object.values(content).every(Array.isArray);
  const plan = isBareGrid ? { grid: content } : content;
  const validate = new Ajv({ allErrors: true }).compile<BatchPlan>(schema);
  if (!validate(plan)) throw wrong(path, messageOf(validate.errors ?? []));
  checkSpace(plan, path);
  return plan;
}

function parsed(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw wrong(path, error instanceof Error ? error.message : String(error));
  }
}

function messageOf(errors: readonly ErrorObject[]): string {
  const [error] = errors;
  if (error === undefined) return "it is not as its schema says";
  const place = error.instancePath === "" ? "the file" : error.instancePath.slice(1).replaceAll("/", ".");
  if (error.keyword !== "additionalProperties") return `${place} ${error.message}`;
  const name = String(error.params.additionalProperty);
  const known = place === "the file" ? Object.keys(schema.properties) : [];
  return `${place} has no ${name}${known.length > 0 ? `; did you mean ${closest(name, known)}?` : ""}`;
}

function checkSpace({ sample }: BatchPlan, path: string): void {
  if (sample === undefined) return;
  for (const [name, dimension] of Object.entries(sample.space)) {
    if (!("from" in dimension)) continue;
    const fault = faultOf(dimension);
    if (fault) throw wrong(path, `sample.space.${name}: ${fault}`);
  }
  if (sample.method !== "random" && Object.keys(sample.space).length > sobolDimensions) {
    throw wrong(path, `a Sobol sample has at most ${sobolDimensions} dimensions; say method: random`);
  }
}

function faultOf({ from, to, scale, type }: NumberRange): string | undefined {
  if (from >= to) return `from (${from}) is not below to (${to})`;
  if (scale === "log" && from <= 0) return `a logarithmic range begins above 0, not at ${from}`;
  if (type === "int" && !(Number.isSafeInteger(from) && Number.isSafeInteger(to)))
    return "its ends are not whole numbers";
  return undefined;
}

function wrong(path: string, cause: string): ProblemError {
  return new ProblemError({
    id: "RP146",
    message: `${path} does not say which runs to make: ${cause}`,
    place: { file: path },
    mend: "Give lists of values, such as {grid: {n_trees: [100, 300], max_depth: [3, 5]}}; docs/batch.md has the rest.",
  });
}
