import { isList, type ParameterValue, PythonFloat, pythonLiteral } from "./parameter-value.ts";

/** How a language writes values. What it has no literal for is `undefined`. */
export interface LanguageSyntax {
  /** As it is called in messages. */
  readonly name: string;
  readonly comment: (text: string) => string;
  readonly assign: (name: string, value: string) => string;
  /** For a name that nothing has declared before; as `assign` where the language makes no difference. */
  readonly declare?: (name: string, value: string) => string;
  readonly none: string | undefined;
  readonly true: string;
  readonly false: string;
  readonly nan: string | undefined;
  readonly infinity: string | undefined;
  readonly minusInfinity: string | undefined;
  /** Of a whole number, of any size; `undefined` for one that the language cannot hold exactly. */
  readonly integer: (value: bigint) => string | undefined;
  readonly text: (value: string) => string | undefined;
  readonly list: (items: readonly string[]) => string | undefined;
  /** `undefined` where the language has no literal for a mapping. */
  readonly mapping: (items: readonly (readonly [key: string, value: string])[]) => string | undefined;
}

/** Writes parameters as code: the source of the injected cell. */
export interface ParameterSyntax {
  /**
   * The statement that gives a name a value; `undefined` where the language cannot say that value.
   *
   * @param isNew No cell with the notebook's own parameters comes before.
   */
  assign(name: string, value: ParameterValue, isNew?: boolean): string | undefined;
  comment(text: string): string;
}

export const pythonSyntax: ParameterSyntax = {
  assign: (name, value) => `${name} = ${pythonLiteral(value)}`,
  comment: (text) => `# ${text}`,
};

/** The syntax for parameters of a language that is described. */
export function syntaxOf(language: LanguageSyntax): ParameterSyntax {
  return {
    comment: language.comment,
    assign(name, value, isNew = false) {
      const text = literal(value, language);
      const write = isNew ? (language.declare ?? language.assign) : language.assign;
      return text === undefined ? undefined : write(name, text);
    },
  };
}

/** Nesting may be of any depth that JSON had. */
function literal(value: ParameterValue, language: LanguageSyntax): string | undefined {
  if (value === null) return language.none;
  if (typeof value === "boolean") return language[`${value}`];
  if (typeof value === "string") return language.text(value);
  if (typeof value === "bigint") return language.integer(value);
  if (value instanceof PythonFloat) return float(value.value, language);
  if (typeof value === "number") {
    return Number.isInteger(value) && !Object.is(value, -0) ? language.integer(BigInt(value)) : float(value, language);
  }
  if (isList(value)) {
    const items = value.map((item) => literal(item, language));
    return items.every((item) => item !== undefined) ? language.list(items) : undefined;
  }
  const items: [string, string][] = [];
  for (const [key, item] of Object.entries(value)) {
    const [left, right] = [language.text(key), literal(item, language)];
    if (left === undefined || right === undefined) return undefined;
    items.push([left, right]);
  }
  return language.mapping(items);
}

function float(value: number, language: LanguageSyntax): string | undefined {
  if (Number.isNaN(value)) return language.nan;
  if (!Number.isFinite(value)) return value < 0 ? language.minusInfinity : language.infinity;
  const text = Object.is(value, -0) ? "-0.0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
