import { type ParseOptions, parse, type ScalarTag, type SchemaOptions, type ToJSOptions } from "yaml";
import { type ParameterValue, PythonFloat } from "./parameter-value.ts";

/**
 * Parameters in YAML, read as papermill's reader (PyYAML without dates) does: version 1.1, whole numbers exact at any
 * size, floats that stay floats, dates as text. `1e-3` is a number here, which it is not in PyYAML.
 * Throws an Error for what is no mapping of names to values.
 */
export function parametersFromYaml(text: string): Readonly<Record<string, ParameterValue>> {
  const parsed: unknown = parse(text, asPython);
  if (parsed === null || parsed === undefined) return {};
  if (typeof parsed !== "object" || Array.isArray(parsed)) throw new Error("it is not a mapping of names to values");
  return parameterOf(parsed) as Readonly<Record<string, ParameterValue>>;
}

const boolean = (value: boolean, test: RegExp): ScalarTag => ({
  tag: "tag:yaml.org,2002:bool",
  default: true,
  test,
  resolve: () => value,
});

/** PyYAML takes no `y` and `n` for booleans: they are names of parameters. */
const booleans = [
  boolean(true, /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/),
  boolean(false, /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/),
];

const replaced: ReadonlySet<string> = new Set(["tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"]);

const asPython: ParseOptions & SchemaOptions & ToJSOptions & { readonly version: "1.1" } = {
  version: "1.1",
  intAsBigInt: true,
  customTags: (tags) => [...tags.filter((tag) => typeof tag === "string" || !replaced.has(tag.tag)), ...booleans],
};

/** Nesting is as deep as the parser allows. */
function parameterOf(value: unknown): ParameterValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "bigint")
    return BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (typeof value === "number") return new PythonFloat(value);
  if (Array.isArray(value)) return value.map(parameterOf);
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, parameterOf(item)]));
  }
  throw new Error(`a value of type ${value?.constructor?.name ?? typeof value} cannot be a parameter`);
}
