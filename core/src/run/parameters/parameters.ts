import { closest, distance } from "fastest-levenshtein";
import { injectedTag, parametersTag } from "../../notebook/cell-tags.ts";
import type { Notebook } from "../../notebook/model.ts";
import { ProblemError, type ProblemPlace } from "../../problem/problem.ts";
import type * as ast from "../../python/ast.ts";
import type { PythonParser } from "../../python/ast.ts";
import { literalValue } from "./literal-value.ts";
import {
  firstTagged,
  type ParameterDefinition,
  type ParameterType,
  parameterDefinitions,
  typeOf,
} from "./parameter-definition.ts";
import { likelyValue, parseBooleanText, parseFloatText, parseIntegerText } from "./parameter-text.ts";
import { type ParameterValue, PythonFloat } from "./parameter-value.ts";

/** Parameters as a caller gives them. */
export interface ParameterInput {
  /** From a file of typed values (YAML, JSON). */
  readonly values?: Readonly<Record<string, ParameterValue>>;
  /** From the command line: typed by the parameter's definition. */
  readonly texts?: Readonly<Record<string, string>>;
  /** From the command line: always text. */
  readonly rawTexts?: Readonly<Record<string, string>>;
}

/**
 * The typed values for a notebook's parameters. Throws ProblemError: RP142 for a name that the notebook does not have,
 * RP143 for a value of another type.
 */
export function resolveParameters(
  notebook: Notebook,
  input: ParameterInput,
  parser: PythonParser,
): Map<string, ParameterValue> {
  const cell = firstTagged(notebook, parametersTag);
  const definitions = cell === undefined ? undefined : parameterDefinitions(cell.source, parser.parse(cell.source));
  const place: ProblemPlace = { file: notebook.path, ...(cell && { cell: cell.index }) };
  const find = (name: string): ParameterDefinition => {
    const known = definitions?.find((each) => each.name === name) ?? freeParameter(notebook, name, definitions, parser);
    if (known === undefined) throw unknownParameter(name, definitions?.map((each) => each.name) ?? [], place);
    return known;
  };
  return typedValues(input, find, place, parser);
}

/**
 * Values typed by the definitions that `find` gives for their names; what it throws is thrown. Throws ProblemError RP143
 * for a value of another type.
 */
export function typedValues(
  input: ParameterInput,
  find: (name: string) => ParameterDefinition,
  place: ProblemPlace,
  parser: PythonParser,
): Map<string, ParameterValue> {
  const values = new Map<string, ParameterValue>();
  const take = (name: string, read: (definition: ParameterDefinition) => ParameterValue | undefined, shown: string) => {
    const definition = find(name);
    const value = read(definition);
    if (value === undefined) throw wrongType(definition, shown, place);
    values.set(name, value);
  };
  for (const [name, value] of Object.entries(input.values ?? {})) {
    take(name, (definition) => fitting(value, definition), JSON.stringify(value, shown));
  }
  for (const [name, text] of Object.entries(input.texts ?? {})) {
    take(name, (definition) => typedText(text, definition, parser), text === "" ? "An empty text" : text);
  }
  for (const [name, text] of Object.entries(input.rawTexts ?? {})) {
    take(name, (definition) => fitting(text, definition), JSON.stringify(text));
  }
  return values;
}

/** A value of a definition's type: an integer stands for a float, and None where it may. `undefined` if it does not fit. */
function fitting(value: ParameterValue, definition: ParameterDefinition): ParameterValue | undefined {
  if (value === null) return definition.optional ? value : undefined;
  const type = typeOf(value);
  if (definition.type === undefined || type === definition.type) {
    return definition.type === "float" && typeof value === "number" ? new PythonFloat(value) : value;
  }
  if (definition.type === "float" && type === "int") return new PythonFloat(Number(value));
  return undefined;
}

/** Text from a command line as a value of a definition's type; `undefined` if it is not one. */
function typedText(text: string, definition: ParameterDefinition, parser: PythonParser): ParameterValue | undefined {
  if (definition.optional && text === "None") return null;
  return readers[definition.type ?? "any"](text, parser);
}

const readers: Readonly<
  Record<ParameterType | "any", (text: string, parser: PythonParser) => ParameterValue | undefined>
> = {
  str: (text) => text,
  int: parseIntegerText,
  float(text) {
    const number = parseFloatText(text);
    return number === undefined ? undefined : new PythonFloat(number);
  },
  bool: parseBooleanText,
  list: (text, parser) => literalOf(text, parser, "list"),
  dict: (text, parser) => literalOf(text, parser, "dict"),
  any: likelyValue,
};

/** A Python literal; JSON is one, but for its names of constants. */
function literalOf(text: string, parser: PythonParser, type: ParameterType): ParameterValue | undefined {
  const [statement, ...more] = parser.parse(text.trim()).body;
  const value = statement?.type === "Expr" && more.length === 0 ? literalValue(statement.value) : undefined;
  if (value !== undefined) return typeOf(value) === type ? value : undefined;
  try {
    const parsed: ParameterValue = JSON.parse(text);
    return typeOf(parsed) === type ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A notebook without a parameters cell may be given any name that it reads and never assigns at top level: what is
 * injected at its top stands then.
 */
function freeParameter(
  notebook: Notebook,
  name: string,
  definitions: readonly ParameterDefinition[] | undefined,
  parser: PythonParser,
): ParameterDefinition | undefined {
  if (definitions !== undefined || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return undefined;
  const word = new RegExp(`(?<![\\p{L}\\p{N}_.])${name}(?![\\p{L}\\p{N}_])`, "u");
  const using = notebook.cells.filter(
    (cell) => cell.kind === "code" && !cell.tags.includes(injectedTag) && word.test(cell.source),
  );
  for (const cell of using) {
    if (!parser.parse(cell.source).body.some((statement) => assigns(statement, name))) continue;
    throw new ProblemError({
      id: "RP142",
      message: `The notebook has no cell tagged "${parametersTag}", and cell ${cell.index} assigns ${name}: a value given from outside would be lost.`,
      place: { file: notebook.path, cell: cell.index },
      mend: `Give that cell the tag "${parametersTag}" (in Jupyter: property inspector, Cell tags).`,
    });
  }
  return using.length > 0 ? { name, optional: true, help: "" } : undefined;
}

function assigns(statement: ast.Stmt, name: string): boolean {
  if (statement.type === "AnnAssign") return isName(statement.target, name);
  return statement.type === "Assign" && statement.targets.some((target) => isName(target, name));
}

function isName(target: ast.Expr, name: string): boolean {
  if (target.type === "Tuple" || target.type === "List") return target.elts.some((element) => isName(element, name));
  return target.type === "Name" && target.id === name;
}

function unknownParameter(name: string, known: readonly string[], place: ProblemPlace): ProblemError {
  const near = known.length > 0 ? closest(name, known) : undefined;
  const likely = near !== undefined && distance(name, near) <= Math.max(2, name.length / 3);
  return new ProblemError({
    id: "RP142",
    message: `The notebook has no parameter ${name}.${known.length > 0 ? ` It has: ${known.join(", ")}.` : ""}`,
    place,
    mend: likely
      ? `Did you mean ${near}?`
      : known.length > 0
        ? 'Name one of these, or assign the name in the cell tagged "parameters".'
        : 'Give the cell that assigns the notebook\'s parameters the tag "parameters".',
  });
}

function wrongType(definition: ParameterDefinition, shown: string, place: ProblemPlace): ProblemError {
  return new ProblemError({
    id: "RP143",
    message: `${shown} is no ${definition.type}, which the parameter ${definition.name} is.`,
    place,
    mend: `Give ${definition.name} ${examples[definition.type ?? "str"]}.`,
  });
}

const examples: Readonly<Record<ParameterType, string>> = {
  str: "a text (`-r` takes it as it is)",
  int: "a whole number, such as 10",
  float: "a number, such as 0.5",
  bool: "true or false",
  list: "a list, such as [1, 2]",
  dict: 'a dictionary, such as {"a": 1}',
};

function shown(_key: string, value: unknown): unknown {
  if (value instanceof PythonFloat) return value.value;
  return typeof value === "bigint" ? String(value) : value;
}
