import type { HeldObject, StatementId } from "../dataflow/model.ts";
import { walk } from "../python/walk.ts";
import type { Bench } from "./bench.ts";
import type { Facts } from "./facts.ts";

/** Types whose values exist only in the process that made them, with what to call them. */
const unsavable: readonly (readonly [RegExp, string])[] = [
  [
    /^(builtins|types|collections\.abc|itertools)\.(\w*[gG]enerator(Type)?|CoroutineType|coroutine|map|filter|zip|enumerate|reversed|\w*iterator|Iterator|chain|islice|cycle|tee|count|product)$/,
    "an iterator",
  ],
  [/^(_?io\.|builtins\.(open|file)|gzip\.|zipfile\.|tarfile\.)/, "an open file"],
  [/^_?csv\.(reader|writer|DictReader|DictWriter)$/, "a reader of an open file"],
  [/^types\.ModuleType$/, "a module"],
  [/^(types\.(Function|Lambda|Method)Type|builtins\.function)$/, "a function of the notebook"],
  [
    /^(sqlite3|psycopg2|pymysql|mysql|duckdb|pyodbc|sqlalchemy|redis|pymongo|requests\.sessions|socket|ssl|paramiko|ftplib)\b/,
    "a connection",
  ],
  [/^(threading|multiprocessing|concurrent|asyncio|subprocess)\b/, "something of the running process"],
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
  const own = self && (unsavableType(type) ?? unsavableObject(bench, self));
  if (own !== undefined) return own;
  for (const part of parts) {
    const why = (part.code === undefined ? unsavableType(part.type) : undefined) ?? unsavableObject(bench, part);
    if (why !== undefined) return `something that holds ${why}`;
  }
  for (const id of value?.definedBy ?? []) {
    const facts = bench.factsById.get(id);
    const why = facts && type === undefined ? madeBy(facts, name) : undefined;
    if (why !== undefined) return why;
    if (facts && holdsFunction(facts, name)) return "something that holds a function without a name";
  }
  return undefined;
}

function unsavableType(type: string | undefined): string | undefined {
  return type === undefined ? undefined : unsavable.find(([pattern]) => pattern.test(type))?.[1];
}

/** Code that no other process finds by its name, instances of such classes, models whose formula only this process understands. */
function unsavableObject(bench: Bench, { type, code, madeBy: maker }: HeldObject): string | undefined {
  if (code !== undefined && !code.isNamed) return "a function without a name of its own in the notebook";
  if (code !== undefined) return staysInStage(bench, code.name) ? `${code.name}, which stays in a stage` : undefined;
  if (type?.startsWith("notebook.")) {
    const owner = type.slice("notebook.".length);
    if (staysInStage(bench, owner)) return `an instance of ${owner}, a class that stays in a stage`;
    const field = functionField(bench, owner);
    return field === undefined
      ? undefined
      : `an instance of ${owner}, whose ${field} is or holds a function without a name`;
  }
  const made = maker !== undefined && type?.startsWith("statsmodels.") ? bench.factsById.get(maker) : undefined;
  const [named] = made === undefined ? [] : bench.namesInTexts.around(made.statement);
  return named === undefined ? undefined : `a model whose formula names ${named}`;
}

/**
 * A field of a class that gets a function without a name where nothing else is given: of a dataclass or a named tuple
 * (`rule: Callable = lambda x: x`), also by a factory (`default_factory=lambda: defaultdict(lambda: 0)`).
 */
function functionField(bench: Bench, owner: string): string | undefined {
  const classes = bench.dataflow.definitions.filter(({ name, kind }) => name === owner && kind === "class");
  for (const { node } of classes) {
    if (node.type !== "ClassDef" || (node.decorator_list.length === 0 && node.bases.length === 0)) continue;
    for (const part of node.body) {
      if (part.type !== "AnnAssign" || part.target.type !== "Name" || part.value === undefined) continue;
      const lambdas = [...walk(part.value)].filter(({ node: inner }) => inner.type === "Lambda").length;
      const isFactory =
        part.value.type === "Call" &&
        part.value.keywords.some(({ arg, value }) => arg?.name === "default_factory" && value.type === "Lambda");
      if (lambdas > (isFactory ? 1 : 0)) return part.target.id;
    }
  }
  return undefined;
}

function staysInStage(bench: Bench, name: string): boolean {
  return (bench.localBinders.get(name) ?? []).length > 0;
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

/** `defaultdict(lambda: [])`, `LambdaLR(opt, lambda step: ...)`: what is made keeps the function. */
function holdsFunction({ statement }: Facts, name: string): boolean {
  const { node, calls } = statement;
  if (node.type !== "Assign" || !node.targets.some((target) => target.type === "Name" && target.id === name))
    return false;
  const { value } = node;
  if (value.type === "Lambda") return true;
  if (value.type !== "Call")
    return (
      [...walk(value)].some(({ node: inner, depth }) => inner.type === "Lambda" && depth <= 2) &&
      isContainer(value.type)
    );
  const hasFunction = [...value.args, ...value.keywords.map((keyword) => keyword.value)].some(
    ({ type }) => type === "Lambda",
  );
  if (!hasFunction) return false;
  if (value.func.type === "Name" && holders.test(value.func.id)) return true;
  const call = calls.find((each) => each.node.start === value.start && each.node.end === value.end);
  if (call === undefined || call.effect === undefined) return true;
  const { returns } = call.effect;
  return (
    call.role === "make-model" ||
    returns.kind === "unknown" ||
    (returns.kind === "new" && (returns.holds?.length ?? 0) > 0)
  );
}

function isContainer(type: string): boolean {
  return type === "Dict" || type === "List" || type === "Tuple" || type === "Set";
}
