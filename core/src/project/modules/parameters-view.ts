import { Document, isCollection, Scalar } from "yaml";
import type { Interval } from "../../effects/domain.ts";
import type { JsonValue, Parameter, PipelinePlan } from "../../plan/plan.ts";
import { allowedText } from "../pages/parameter-words.ts";
import { pythonText } from "../python-text.ts";

const annotations: Readonly<Record<Parameter["type"], string>> = {
  str: "str",
  int: "int",
  float: "float",
  number: "int | float",
  bool: "bool",
  list: "list[Any]",
  dict: "dict[str, Any]",
  none: "Any",
};

/** The secrets of the notebook: they come from the environment, and no file has them. */
export function secretsOf({ parameters }: PipelinePlan): readonly Parameter[] {
  return parameters.filter(({ origin }) => origin === "secret");
}

/** The plan's parameters without its secrets; `seed` is added where streams are seeded by it and the notebook has none of that name. */
export function parametersOf(plan: PipelinePlan): readonly Parameter[] {
  const parameters = plan.parameters.filter(({ origin }) => origin !== "secret");
  const hasSeed = parameters.some(({ name }) => name === "seed");
  if (hasSeed || plan.seeding.seeded.length === 0) return parameters;
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
  return [...parameters, seed];
}

/** What the template of `params.py` is filled in with. */
export function parametersView(plan: PipelinePlan): object {
  const parameters = parametersOf(plan);
  const choices = choicesOf(parameters);
  const has = (test: (parameter: Parameter) => boolean) => parameters.some(test);
  return {
    prefix: plan.package.toUpperCase(),
    has: {
      ...Object.fromEntries(parameters.filter((each) => !each.choices).map(({ type }) => [type, true])),
      ...(has(isWordOrNumber) ? { number: true, words: true } : {}),
      bounds: has(({ bounds }) => bounds !== undefined),
      choices: choices.size > 0,
      optional: has(({ optional }) => optional === true),
    },
    secrets: secretsOf(plan).map(({ name }) => ({ name, variable: JSON.stringify(name) })),
    choices: [...choices].map(([texts, alias]) => ({ alias, texts })),
    parameters: parameters.map((parameter) => ({
      name: parameter.name,
      annotation: annotationOf(parameter, choices),
      metadata: metadataOf(parameter, choices),
    })),
  };
}

/** `gamma` is `scale`, `auto` or a number. */
function isWordOrNumber({ choices, bounds }: Parameter): boolean {
  return choices !== undefined && bounds !== undefined;
}

function annotationOf(parameter: Parameter, choices: ReadonlyMap<string, string>): string {
  const alias = aliasOf(parameter, choices);
  const plain =
    alias === undefined ? annotations[parameter.type] : isWordOrNumber(parameter) ? `${alias} | float` : alias;
  return parameter.optional === true ? `${plain} | None` : plain;
}

/** What the field of a parameter carries along, as the entries of a dictionary. */
function metadataOf(parameter: Parameter, choices: ReadonlyMap<string, string>): string {
  const { help, bounds } = parameter;
  const alias = aliasOf(parameter, choices);
  return [
    ...(help === "" ? [] : [`"help": ${pythonText(help.replace(/\s+/g, " "))}`]),
    ...(bounds === undefined ? [] : [`"bounds": Bounds(${boundsArguments(bounds)})`]),
    ...(alias === undefined ? [] : [`"choices": get_args(${alias})`]),
  ].join(", ");
}

function boundsArguments({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: Interval): string {
  const given = Object.entries({ least: minimum, above: exclusiveMinimum, most: maximum, below: exclusiveMaximum });
  return given.flatMap(([name, limit]) => (limit === undefined ? [] : [`${name}=${limit}`])).join(", ");
}

/** The name that each set of choices gets as a type, by the choices as they stand in its `Literal`. */
function choicesOf(parameters: readonly Parameter[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(["Any", "Bounds", "Callable", "Field", "Literal", "NamedTuple", "Params", "Path"]);
  for (const { name, choices } of parameters) {
    if (choices === undefined || names.has(literalTexts(choices))) continue;
    const stem = name.replace(/(?:^|_+)(\w)/g, (_all, first: string) => first.toUpperCase());
    let alias = stem;
    for (let count = 2; taken.has(alias); count++) alias = `${stem}${count}`;
    taken.add(alias);
    names.set(literalTexts(choices), alias);
  }
  return names;
}

function aliasOf({ choices }: Parameter, aliases: ReadonlyMap<string, string>): string | undefined {
  return choices === undefined ? undefined : aliases.get(literalTexts(choices));
}

function literalTexts(choices: readonly string[]): string {
  return choices.map(pythonText).join(", ");
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
    const allowed = allowedText(parameter);
    value.comment = ` ${parameter.type}${allowed === "" ? "" : ` ${allowed}`}, ${originOf(parameter)}`;
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
