import type { CallSite } from "../dataflow/model.ts";
import type * as ast from "../python/ast.ts";
import { at, type Bench } from "./bench.ts";
import type { Facts } from "./facts.ts";
import { literalOf } from "./literal.ts";
import { snakeCase } from "./names.ts";
import { codeUse } from "./parameters.ts";
import type { JsonValue, Parameter } from "./plan.ts";

interface Found {
  readonly facts: Facts;
  readonly call: CallSite;
  readonly argument: string;
  readonly node: ast.Expr;
  readonly type: Parameter["type"];
  readonly value: JsonValue;
  readonly origin: "constant" | "seed" | "path";
}

/**
 * Literals that stand where a call is made: hyperparameters and seeds as the effect tables name them, and files that are
 * read. Seeds of one value are one parameter; every other literal is its own.
 */
export function literalParameters(bench: Bench, taken: Set<string>): readonly Parameter[] {
  const written = new Set(bench.dataflow.files.filter(({ use }) => use !== "read").map(({ path }) => path));
  const found = at(bench, "work").flatMap((facts) =>
    facts.statement.calls.flatMap((call) => literalsOf(facts, call).filter((each) => !written.has(String(each.value)))),
  );
  const groups = Map.groupBy(found, (each, index) => groupKey(each, index));
  return [...groups.values()].map((group) => {
    const [first] = group as [Found, ...Found[]];
    const name = freeName(nameOf(first, group, found), first, taken);
    taken.add(name);
    return {
      name,
      type: first.type,
      default: first.value,
      help: group
        .map(({ call, argument }) => `${argument} of ${argument === lastPart(call) ? call.text : lastPart(call)}`)
        .filter(isFirst)
        .join(", "),
      origin: first.origin,
      cell: first.facts.statement.cell,
      uses: group.map(({ facts, node }) => codeUse(bench, facts, node)),
    };
  });
}

function literalsOf(facts: Facts, call: CallSite): Found[] {
  const { effect, node } = call;
  if (effect === undefined) return [];
  const paths = (effect.files ?? []).filter(({ use }) => use === "read").map(({ argument }) => argument);
  const seed = effect.random?.seedArgument;
  const wanted: (readonly [string | number, Found["origin"]])[] = [
    ...(seed === undefined ? [] : [[seed, "seed"] as const]),
    ...paths.map((path) => [path, "path"] as const),
    ...(effect.parameters ?? []).map((name) => [name, "constant"] as const),
  ];
  const seen = new Set<ast.Expr>();
  return wanted.flatMap(([key, origin]) => {
    const value = argumentAt(node, key, effect.signature);
    const literal = value && literalOf(value);
    if (value === undefined || literal === undefined || seen.has(value)) return [];
    seen.add(value);
    const { type } = literal;
    if (type === "none" || type === "list" || type === "dict") return [];
    if ((origin === "seed" && type !== "int") || (origin === "path" && !isPath(literal))) return [];
    const argument = typeof key === "string" ? key : (effect.signature?.[key] ?? "path");
    return [{ facts, call, argument, node: value, type, value: literal.value, origin: seedOr(origin, argument, type) }];
  });
}

/** `:memory:` is no file. */
function isPath({ type, value }: { readonly type: Parameter["type"]; readonly value: JsonValue }): boolean {
  return type === "str" && !/^:.*:$/.test(String(value));
}

function seedOr(origin: Found["origin"], argument: string, type: Parameter["type"]): Found["origin"] {
  return type === "int" && /^(random_state|seed|random_seed)$/.test(argument) ? "seed" : origin;
}

function argumentAt(
  call: ast.Call,
  key: string | number,
  signature: readonly string[] | undefined,
): ast.Expr | undefined {
  const keyword = typeof key === "string" ? key : signature?.[key];
  const named = call.keywords.find(({ arg }) => arg !== undefined && arg.name === keyword);
  if (named !== undefined) return named.value;
  const position = typeof key === "number" ? key : (signature?.indexOf(key) ?? -1);
  const isPlain = !call.args.slice(0, position + 1).some(({ type }) => type === "Starred");
  return isPlain ? call.args[position] : undefined;
}

function groupKey(each: Found, index: number): string {
  return each.origin === "seed" ? `seed ${JSON.stringify(each.value)}` : `${index}`;
}

function nameOf(first: Found, group: readonly Found[], all: readonly Found[]): string {
  if (first.origin === "path") {
    const [stem = ""] = (String(first.value).split(/[\\/]/).at(-1) ?? "").split(".");
    return `${snakeCase(stem) || "data"}_path`;
  }
  if (first.origin !== "seed") return first.argument;
  if (group.some(({ call }) => call.role === "seed")) return "seed";
  const values = new Set(all.filter(({ origin }) => origin === "seed").map(({ value }) => value));
  if (values.size === 1 && group.length > 1) return "random_state";
  return first.call.role === "split" ? "split_seed" : `${snakeCase(lastPart(first.call))}_seed`;
}

/** The name itself, or with what the call makes or does before it, or with a number. */
function freeName(name: string, { call }: Found, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const longer = `${snakeCase(lastPart(call))}_${name}`;
  for (let count = 1; ; count++) {
    const next = count === 1 ? longer : `${longer}_${count}`;
    if (!taken.has(next)) return next;
  }
}

function lastPart({ callee, text }: CallSite): string {
  return (callee ?? text).split(".").at(-1) ?? text;
}

function isFirst<Item>(item: Item, index: number, all: readonly Item[]): boolean {
  return all.indexOf(item) === index;
}
