import type * as ast from "../../python/ast.ts";
import { type RemovedApi, removedApis } from "./removed-apis.ts";
import { type RemovedArgument, removedArguments } from "./removed-arguments.ts";
import { type RemovedValue, removedValues } from "./removed-values.ts";

/** Something that a library no longer has or takes, in the words of a message. */
export interface Removal {
  /** `numpy.float`, `seaborn.FacetGrid(size=)`. */
  readonly subject: string;
  readonly library: string;
  /** The first version without it. */
  readonly since: string;
  /** `` `numpy.float` is gone ``. */
  readonly what: string;
  readonly instead: string;
  /** The errors that it ends in. */
  readonly errors: string;
  readonly row: RemovedApi | RemovedArgument | RemovedValue;
}

const apis = new Map(
  removedApis.map((row) => [
    row.name,
    {
      ...{ subject: row.name, library: libraryOf(row.name), since: row.since, instead: row.instead },
      ...{ what: `\`${row.name}\` is gone`, errors: "AttributeError or ImportError", row },
    },
  ]),
);

const argumentsByName = Map.groupBy(removedArguments, ({ name }) => name);
const valuesByName = Map.groupBy(removedValues, ({ name }) => name);

/** The last part of each name of what is gone: what does not end in one of them is none of them. */
export const removedEnds: ReadonlySet<string> = new Set(
  removedApis.map(({ name }) => name.slice(name.lastIndexOf(".") + 1)),
);

/** What a qualified name stood for, if it is gone. */
export function removedApi(name: string | undefined): Removal | undefined {
  return name === undefined ? undefined : apis.get(name);
}

/** What of a call its function no longer takes. */
export function removedFromCall(callee: string | undefined, call: ast.Call): readonly Removal[] {
  if (callee === undefined) return [];
  const { args, keywords } = call;
  const placed = args.some(({ type }) => type === "Starred") ? 0 : args.length;
  const gone = (argumentsByName.get(callee) ?? []).filter((each) =>
    "keyword" in each ? keywords.some(({ arg }) => arg?.name === each.keyword) : placed > each.positional,
  );
  const values = (valuesByName.get(callee) ?? []).filter((each) => givenValue(call, each) !== undefined);
  return [...gone.map(removalOf), ...values.map(valueRemoval)];
}

/** The text that a call gives for an argument, if it is the one that is gone. */
export function givenValue(
  { args, keywords }: ast.Call,
  { argument, at, value, counted }: RemovedValue,
): ast.Constant | undefined {
  const isPlaced = at !== undefined && !args.slice(0, at + 1).some(({ type }) => type === "Starred");
  const given = keywords.find(({ arg }) => arg?.name === argument)?.value ?? (isPlaced ? args[at] : undefined);
  if (given?.type !== "Constant" || typeof given.value !== "string" || given.kind !== "str") return undefined;
  const text = counted === true ? given.value.replace(/^-?\d+/, "") : given.value;
  return text === value ? given : undefined;
}

/**
 * What is gone by what an error says: `module 'numpy' has no attribute 'float'`, `'DataFrame' object has no attribute
 * 'append'`, `cannot import name 'six' from 'sklearn.externals'`, `FacetGrid.__init__() got an unexpected keyword ...`.
 */
export function removalBehind(message: string): Removal | undefined {
  const [, owner, attribute] = /^(?:module|type object) '([\w.]+)' has no attribute '(\w+)'/.exec(message) ?? [];
  const [, made, member] = /^'(\w+)' object has no attribute '(\w+)'/.exec(message) ?? [];
  const [, imported, from] = /^cannot import name '(\w+)' from '([\w.]+)'/.exec(message) ?? [];
  const [, missing] = /^No module named '([\w.]+)'/.exec(message) ?? [];
  return (
    removedApi(`${owner}.${attribute}`) ??
    (made === undefined ? undefined : removedMember(made, member)) ??
    removedApi(`${from}.${imported}`) ??
    removedApi(missing) ??
    argumentBehind(message) ??
    valueBehind(message)
  );
}

/** What a class no longer has, by the class's own name. */
function removedMember(made: string, member: string | undefined): Removal | undefined {
  for (const [name, removal] of apis) if (name.endsWith(`.${made}.${member}`)) return removal;
  return undefined;
}

function argumentBehind(message: string): Removal | undefined {
  const [, called = ""] = /^([\w.]+)\(\) (?:got an unexpected keyword argument|takes )/.exec(message) ?? [];
  const keyword = /unexpected keyword argument '(\w+)'/.exec(message)?.[1];
  // A class is called by its name, and the error names its `__init__` or `__new__`.
  const name = called.replace(/\.__(?:init|new)__$/, "");
  const found = removedArguments.find(
    (each) =>
      name !== "" &&
      each.name.endsWith(`.${name}`) &&
      ("keyword" in each ? each.keyword === keyword : keyword === undefined),
  );
  return found && removalOf(found);
}

/**
 * `'seaborn-white' is not a valid package style`, `The 'loss' parameter of SGDClassifier must be ... Got 'log' instead.`,
 * `Invalid frequency: 2M.`
 */
function valueBehind(message: string): Removal | undefined {
  const [, style] = /^'([\w-]+)' is not a valid package style/.exec(message) ?? [];
  const [, argument, owner, value] =
    /^The '(\w+)' parameter of (\w+) must be .* Got '([^']*)' instead/s.exec(message) ?? [];
  const [, frequency] = /^Invalid frequency: -?\d*([A-Z]+)\b/.exec(message) ?? [];
  const found = removedValues.find(
    (each) =>
      (each.argument === "style" && each.value === style) ||
      (each.argument === argument && each.value === value && each.name.endsWith(`.${owner}`)) ||
      (each.counted === true && each.value === frequency),
  );
  return found && valueRemoval(found);
}

function valueRemoval(row: RemovedValue): Removal {
  const { name, argument, value, since, now, error } = row;
  return {
    ...{ subject: `${name}(${argument}="${value}")`, library: libraryOf(name), since, instead: `${argument}=${now}` },
    ...{ what: `\`${name}\` takes no \`${argument}="${value}"\``, errors: error, row },
  };
}

function removalOf(gone: RemovedArgument): Removal {
  const { name, since, instead } = gone;
  const own =
    "keyword" in gone
      ? { subject: `${name}(${gone.keyword}=)`, what: `\`${name}\` takes no \`${gone.keyword}\`` }
      : {
          subject: `${name}(...)`,
          what: `\`${name}\` takes ${gone.positional === 0 ? "no argument" : "only the first argument"} by position`,
        };
  return { ...own, library: libraryOf(name), since, instead, errors: "TypeError", row: gone };
}

function libraryOf(name: string): string {
  return name.split(".", 1)[0] as string;
}
