import { freshName, wordsOf } from "../words.ts";
import type { Annotation } from "./annotation.ts";
import type { StageBody } from "./stage-body.ts";
import type { StageInterface } from "./stage-interface.ts";
import type { TypedName } from "./value-types.ts";

/** What a stage's function hands on. */
export interface StageReturn {
  readonly annotation: Annotation;
  /** The expression behind `return`; absent where it returns nothing. */
  readonly value?: string;
  /** The named tuple that the module defines for it. */
  readonly tuple?: { readonly name: string; readonly fields: readonly TypedName[] };
}

const metricsType: Annotation = { text: "dict[str, float]", imports: [] };

/** @param annotated The types that the module writes: the named tuple is called like none of them. */
export function stageReturn(
  { fields, metricsField, returns, stage }: StageInterface,
  body: StageBody,
  outputs: readonly TypedName[],
  annotated: readonly Annotation[],
): StageReturn {
  const metrics = metricsText(body);
  const [only] = outputs;
  if (returns === "metrics") return { annotation: metricsType, value: metrics };
  if (returns === "value" && only !== undefined) return { annotation: only.annotation, value: only.name };
  if (returns !== "tuple") return { annotation: { text: "None", imports: [] } };
  const name = tupleName(stage.name, body, annotated);
  const ofMetrics = metricsField === undefined ? [] : [{ name: metricsField, annotation: metricsType }];
  const values = [...outputs.map((output) => output.name), ...(metricsField === undefined ? [] : [metrics])];
  return {
    annotation: { text: name, imports: ["from typing import NamedTuple"] },
    value: `${name}(${values.join(", ")})`,
    tuple: {
      name,
      fields: [
        ...outputs.map(({ name: output, annotation }) => ({ name: fields.get(output) ?? output, annotation })),
        ...ofMetrics,
      ],
    },
  };
}

function metricsText({ metrics }: StageBody): string {
  return `{${metrics.map(({ metric, expression }) => `${JSON.stringify(metric.name)}: ${expression}`).join(", ")}}`;
}

/** The stage's name as a class has it, unless its code or its types have that word. */
function tupleName(stage: string, body: StageBody, annotated: readonly Annotation[]): string {
  const withoutRemarks = wordsOf(body.text.replace(/^[ \t]*#.*$/gm, ""));
  const taken = withoutRemarks.union(wordsOf(annotated.map(({ text }) => text).join(" ")));
  const own = className(stage);
  return freshName(taken.has(own) ? `${own}Outputs` : own, taken);
}

function className(stage: string): string {
  return stage
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}
