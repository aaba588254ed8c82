import type { HeldObject, StatementId } from "../dataflow/model.ts";
import type * as ast from "../python/ast.ts";
import { walk } from "../python/walk.ts";
import type { Bench } from "./bench.ts";
import type { Facts } from "./facts.ts";

/** Types whose values exist only in the process that made them, with what to call them. */
const unsavable: readonly (readonly [RegExp, string])[] = [
  [
    /^(builtins|types|collections\.abc|itertools)\.(\w*[gG]enerator(Type)?|map|filter|zip|enumerate|reversed|\w*iterator|Iterator|chain|islice|cycle|tee|count|product)$/,
    "an iterator",
  ],
  [/^(_?io\.|builtins\.(open|file)|gzip\.|zipfile\.|tarfile\.|h5py\.)/, "an open file"],
  [/^_?csv\.(reader|writer|DictReader|DictWriter)$/, "a reader of an open file"],
  [/^types\.ModuleType$/, "a module"],
  [/^re\.Match$/, "a match of a pattern"],
  [/^(types\.(Function|Lambda|Method)Type|builtins\.function)$/, "a function of the notebook"],
  [
    /^(sqlite3|psycopg2|pymysql|mysql|duckdb|pyodbc|sqlalchemy|redis|pymongo|requests\.sessions|socket|ssl|paramiko|ftplib|google\.cloud)\b/,
    "a connection",
  ],
  [/^types\.CoroutineType$/, "a coroutine"],
  [/^(threading|multiprocessing|concurrent|asyncio|subprocess|contextvars)\b/, "something of the running process"],
  [/^weakref\b/, "a reference that keeps nothing alive"],
  [/^pyspark\b/, "something of a Spark session"],
  [/^matplotlib\./, "a figure"],
  [/(^|\.)_?\w*(DataLoaderIter|LoaderIter)$/, "an iterator"],
];

/** Calls whose result cannot be saved, where no type is known. */
const makers: Readonly<Record<string, string>> = {
  iter: "an iterator",
  map: "an iterator",
  filter: "an iterator",
  zip: "an iterator",
  enumerate: "an iterator",
  reversed: "an iterator",
  open: "an open file",
};

/** What keeps a function that it is given. */
const holders = /^(defaultdict|partial|\w*Lambda\w*|FunctionTransformer)$/;

/** What a name's value is that cannot be saved after a statement; `undefined` for what can be, as far as is known. */
export function unsavableAfter(bench: Bench, name: string, last: StatementId): string | undefined {
  const value = bench.dataflow.valueAfter(last, name);
  const type = value?.type;
  const [self, ...parts] = bench.dataflow.heldAfter(last, name);
  const own = self && ((self.code === undefined ? unsavableType(type) : undefined) ?? unsavableObject(bench, self));
  if (own !== undefined) return own;
  for (const part of parts) {
    const why = (part.code === undefined ? unsavableType(part.type) : undefined) ?? unsavableObject(bench, part);
    if (why !== undefined) return `something that holds ${why}`;
  }
  for (const id of value?.definedBy ?? []) {
    const facts = bench.factsById.get(id);
    const why = facts && type === undefined ? madeBy(facts, name) : undefined;
    if (why !== undefined) return why;
    const held = facts && unsavableLambda(bench, lambdasKeptBy(facts, name));
    if (held !== undefined) return `something that holds ${held}`;
  }
  return undefined;
}

function unsavableType(type: string | undefined): string | undefined {
  return type === undefined ? undefined : unsavable.find(([pattern]) => pattern.test(type))?.[1];
}

/** Code that no other process finds by its name, instances of such classes, models whose formula only this process understands. */
function unsavableObject(bench: Bench, { type, code, madeBy: maker }: HeldObject): string | undefined {
  if (code?.node.type === "Lambda" && !code.isNamed) return unsavableLambda(bench, [code.node]);
  if (code !== undefined && !code.isNamed) return `${code.name}, a function that another function makes`;
  if (code !== undefined) return staysInStage(bench, code.name) ? `${code.name}, which stays in a stage` : undefined;
  if (type?.startsWith("notebook.")) {
    const owner = type.slice("notebook.".length);
    if (staysInStage(bench, owner)) return `an instance of ${owner}, a class that stays in a stage`;
    for (const [field, lambdas] of fieldLambdas(bench, owner)) {
      const why = unsavableLambda(bench, lambdas);
      if (why !== undefined) return `an instance of ${owner}, whose ${field} is or holds ${why}`;
    }
    return undefined;
  }
  const made = maker !== undefined && type?.startsWith("statsmodels.") ? bench.factsById.get(maker) : undefined;
  const [named] = made === undefined ? [] : bench.namesInTexts.around(made.statement);
  return named === undefined ? undefined : `a model whose formula names ${named}`;
}

/** What of some lambdas keeps a value from being saved; those that can have a name are noted, and get one. */
function unsavableLambda(bench: Bench, lambdas: readonly ast.Lambda[]): string | undefined {
  // What a lambda makes can hold those that stand in it: a defaultdict of defaultdicts.
  for (const lambda of lambdas.flatMap((each) => lambdasIn(each))) {
    const known = bench.lambdas.get(lambda);
    if (known === undefined) return "a function without a name";
    if (known.needs !== undefined) return `a function without a name that needs ${known.needs}`;
    bench.savedLambdas.add(lambda);
  }
  return undefined;
}

/**
 * The fields of a class that get functions without a name where nothing else is given, with these: of a dataclass or a
 * named tuple (`rule: Callable = lambda x: x`), also by a factory (`default_factory=lambda: defaultdict(lambda: 0)`).
 */
function fieldLambdas(bench: Bench, owner: string): readonly (readonly [field: string, readonly ast.Lambda[]])[] {
  const classes = bench.dataflow.definitions.filter(({ name, kind }) => name === owner && kind === "class");
  return classes.flatMap(({ node }) => {
    if (node.type !== "ClassDef" || (node.decorator_list.length === 0 && node.bases.length === 0)) return [];
    return node.body.flatMap((part) => {
      if (part.type !== "AnnAssign" || part.target.type !== "Name" || part.value === undefined) return [];
      const factory =
        part.value.type === "Call" ? part.value.keywords.find(({ arg }) => arg?.name === "default_factory") : undefined;
      const lambdas = lambdasIn(part.value).filter((lambda) => lambda !== factory?.value);
      return lambdas.length === 0 ? [] : [[part.target.id, lambdas] as const];
    });
  });
}

function lambdasIn(expression: ast.Expr): readonly ast.Lambda[] {
  return walk(expression).flatMap(({ node }) => (node.type === "Lambda" ? [node] : []));
}

/** True for what no module has; also for a name that holds something else at another time (`from collections import Counter`). */
function staysInStage({ localBinders, dataflow, homes }: Bench, name: string): boolean {
  if (localBinders.has(name)) return true;
  const elsewhere = dataflow.definitions
    .filter((each) => each.name === name)
    .map(({ statement }) => homes.get(statement));
  return elsewhere.some((home) => home !== "definition" && home !== "left-out");
}

/** What an assignment makes, by its syntax. */
function madeBy({ statement }: Facts, name: string): string | undefined {
  const { node } = statement;
  if (node.type === "With" || node.type === "AsyncWith") {
    return node.items.some(({ optional_vars: target }) => target?.type === "Name" && target.id === name)
      ? "something that was open in a with block"
      : undefined;
  }
  if (node.type !== "Assign" || !node.targets.some((target) => target.type === "Name" && target.id === name))
    return undefined;
  const { value } = node;
  if (value.type === "GeneratorExp") return "an iterator";
  if (value.type === "Lambda") return "a function of the notebook";
  if (value.type !== "Call" || value.func.type !== "Name") return undefined;
  return Object.hasOwn(makers, value.func.id) ? makers[value.func.id] : undefined;
}

/** `defaultdict(lambda: [])`, `LambdaLR(opt, lambda step: ...)`: the lambdas that what is made keeps. */
function lambdasKeptBy({ statement }: Facts, name: string): readonly ast.Lambda[] {
  const { node, calls } = statement;
  if (node.type !== "Assign" || !node.targets.some((target) => target.type === "Name" && target.id === name)) return [];
  const { value } = node;
  if (value.type === "Lambda") return [value];
  if (value.type !== "Call") {
    if (!isContainer(value.type)) return [];
    return walk(value).flatMap(({ node: inner, depth }) => (inner.type === "Lambda" && depth <= 2 ? [inner] : []));
  }
  const given = [...value.args, ...value.keywords.map((keyword) => keyword.value)];
  const lambdas = given.filter((argument) => argument.type === "Lambda");
  const call = calls.find((each) => each.node.start === value.start && each.node.end === value.end);
  if (lambdas.length === 0 || holders.test(call?.callee?.split(".").at(-1) ?? nameOf(value.func))) return lambdas;
  if (call?.effect === undefined) return lambdas;
  const { returns } = call.effect;
  const isKept =
    call.role === "make-model" ||
    returns.kind === "unknown" ||
    (returns.kind === "new" && (returns.holds?.length ?? 0) > 0);
  return isKept ? lambdas : [];
}

/** The last part of what is called: `defaultdict` of `collections.defaultdict`. */
function nameOf(called: ast.Expr): string {
  if (called.type === "Attribute") return called.attr.name;
  return called.type === "Name" ? called.id : "";
}

function isContainer(type: string): boolean {
  return type === "Dict" || type === "List" || type === "Tuple" || type === "Set";
}
