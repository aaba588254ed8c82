import { Document, isCollection, Scalar } from "yaml";
import type { JsonValue, Parameter, PipelinePlan } from "../plan/plan.ts";
import { docstringText } from "./docstring.ts";

const annotations: Readonly<Record<Parameter["type"], string>> = {
  str: "str",
  int: "int",
  float: "float",
  bool: "bool",
  list: "list[Any]",
  dict: "dict[str, Any]",
  none: "Any",
};

/** The plan's parameters; `seed` is added where streams are seeded by it and the notebook has none of that name. */
export function parametersOf(plan: PipelinePlan): readonly Parameter[] {
  const hasSeed = plan.parameters.some(({ name }) => name === "seed");
  if (hasSeed || plan.seeding.seeded.length === 0) return plan.parameters;
  const help = "Seed of every source of randomness that the notebook left without one.";
  const seed: Parameter = {
    name: "seed",
    type: "int",
    default: plan.seeding.default,
    help,
    origin: "seed",
    cell: -1,
    uses: [],
  };
  return [...plan.parameters, seed];
}

/** A default as a person reads it: `4.0` where it is a float. */
export function defaultText({ type, default: value }: Parameter): string {
  return type === "float" && Number.isSafeInteger(value) ? `${value}.0` : JSON.stringify(value);
}

export function parametersView(plan: PipelinePlan): object {
  const parameters = parametersOf(plan);
  return {
    prefix: plan.package.toUpperCase(),
    has: Object.fromEntries(parameters.map(({ type }) => [type, true])),
    parameters: parameters.map(({ name, type, help }) => ({
      name,
      annotation: annotations[type],
      help: docstringText(help),
    })),
  };
}

/** The text of params.yaml: each default, and behind it where it came from. */
export function parametersYaml(plan: PipelinePlan): string {
  const parameters = parametersOf(plan);
  const head = ` Defaults. Override with --NAME VALUE or ${plan.package.toUpperCase()}_NAME=VALUE.`;
  const document = new Document({});
  document.commentBefore = head;
  for (const parameter of parameters) {
    const value = document.createNode(yamlValue(parameter.default, parameter.type));
    if (isCollection(value)) value.flow = true;
    value.comment = ` ${parameter.type}, ${originOf(parameter)}`;
    document.set(parameter.name, value);
  }
  const text = parameters.length === 0 ? `#${head}` : document.toString({ lineWidth: 0, flowCollectionPadding: false });
  return `${text.trimEnd()}\n`;
}

function originOf({ cell, origin, help }: Parameter): string {
  return cell < 0 ? help.replace(/\.$/, "").replace(/^S/, "s") : `cell ${cell} (${origin})`;
}

/** A float that is a whole number keeps its dot: else it would be read as an int. */
function yamlValue(value: JsonValue, type: Parameter["type"]): unknown {
  if (type !== "float" || typeof value !== "number") return value;
  const scalar = new Scalar(value);
  scalar.minFractionDigits = 1;
  return scalar;
}
