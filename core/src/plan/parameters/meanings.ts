import type { CallSite } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { filePlace } from "../../text/file-place.ts";

/** The argument of a library's function that an expression is given for: what a number means. */
export interface Meaning {
  readonly call: CallSite;
  readonly argument: string;
  readonly kind: "seed" | "path" | "constant";
}

/**
 * What the arguments of a statement's calls mean, as far as the tables know their functions, and the paths that functions
 * of the notebook are given of files that the statement reads (`read`).
 */
export function meaningsOf(
  { calls }: { readonly calls: readonly CallSite[] },
  read: ReadonlySet<string> = new Set(),
): ReadonlyMap<ast.Expr, Meaning> {
  const meanings = new Map<ast.Expr, Meaning>();
  for (const call of calls) {
    const { args, keywords } = call.node;
    const of = (key: string | number, name: string | undefined, value: ast.Expr) =>
      meanings.set(value, isReadBy(call, value, read) ? readPath(call, name) : meaningAt(call, key, name));
    for (const [position, value] of args.entries()) {
      if (value.type === "Starred") break;
      of(position, call.effect?.signature?.[position], value);
    }
    for (const { arg, value } of keywords) if (arg !== undefined) of(arg.name, arg.name, value);
  }
  return meanings;
}

/** True for calls of the notebook's functions. */
export function isOwnCall({ callee }: CallSite): boolean {
  return callee?.startsWith("notebook.") === true;
}

/** A text that a function of the notebook gets, and a file of that name is read where it is called. */
function isReadBy(call: CallSite, value: ast.Expr, read: ReadonlySet<string>): boolean {
  if (!isOwnCall(call) || value.type !== "Constant" || value.kind !== "str") return false;
  return read.has(filePlace(String(value.value)));
}

function readPath(call: CallSite, name = "path"): Meaning {
  return { call, argument: name, kind: "path" };
}

/**
 * The same for two expressions where one number may stand for both: seeds are all of one kind, a path names one file
 * wherever it stands; anything else is the argument of one function. `undefined` where the function is not known.
 */
export function meaningKey({ call, argument, kind }: Meaning): string | undefined {
  if (kind !== "constant") return kind;
  return call.callee === undefined || argument === "" ? undefined : `${call.callee} ${argument}`;
}

/** How a person says it: `test_size of train_test_split`. */
export function meaningText({ call, argument }: Meaning): string {
  return `${argument} of ${argument === lastPart(call) ? call.text : lastPart(call)}`;
}

/** The function's own name, without its module. */
export function lastPart({ callee, text }: CallSite): string {
  return (callee ?? text).split(".").at(-1) ?? text;
}

/** Functions whose first argument is a file that they open as their second one says. */
const openers: ReadonlySet<string> = new Set([
  "builtins.open",
  "io.open",
  "codecs.open",
  "gzip.open",
  "bz2.open",
  "lzma.open",
]);

/** True for `open(path)`, and not where something is written to the file. */
export function opensForReading({ callee = "", node }: CallSite): boolean {
  if (!openers.has(callee)) return false;
  const mode = node.args[1] ?? node.keywords.find(({ arg }) => arg?.name === "mode")?.value;
  return mode === undefined || (mode.type === "Constant" && /^[rbtU]+$/.test(String(mode.value)));
}

function meaningAt(call: CallSite, key: string | number, name: string | undefined): Meaning {
  const { effect } = call;
  const is = (argument: string | number | undefined) =>
    argument !== undefined && (argument === key || argument === name);
  if (is(effect?.random?.seedArgument) || /^(?:random_state|random_seed|seed)$/.test(name ?? "")) {
    return { call, argument: name ?? "seed", kind: "seed" };
  }
  if ((key === 0 || key === "file") && opensForReading(call)) return { call, argument: "file", kind: "path" };
  if (effect?.files?.some(({ argument }) => is(argument))) return { call, argument: name ?? "path", kind: "path" };
  return { call, argument: name ?? "", kind: "constant" };
}
