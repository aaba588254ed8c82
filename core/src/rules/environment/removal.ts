import type * as ast from "../../python/ast.ts";
import { type RemovedApi, removedApis } from "./removed-apis.ts";
import { type RemovedArgument, removedArguments } from "./removed-arguments.ts";

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
  readonly row: RemovedApi | RemovedArgument;
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

/** The last part of each name of what is gone: what does not end in one of them is none of them. */
export const removedEnds: ReadonlySet<string> = new Set(
  removedApis.map(({ name }) => name.slice(name.lastIndexOf(".") + 1)),
);

/** What a qualified name stood for, if it is gone. */
export function removedApi(name: string | undefined): Removal | undefined {
  return name === undefined ? undefined : apis.get(name);
}

/** What of a call its function no longer takes. */
export function removedFromCall(callee: string | undefined, { args, keywords }: ast.Call): readonly Removal[] {
  const gone = callee === undefined ? undefined : argumentsByName.get(callee);
  if (gone === undefined) return [];
  const placed = args.some(({ type }) => type === "Starred") ? 0 : args.length;
  return gone
    .filter((each) =>
      "keyword" in each ? keywords.some(({ arg }) => arg?.name === each.keyword) : placed > each.positional,
    )
    .map(removalOf);
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
    argumentBehind(message)
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
