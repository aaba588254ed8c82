import type { CallSite, StatementId } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { filePlace } from "../../text/file-place.ts";
import { at, type Bench } from "../bench.ts";
import type { Facts } from "../facts.ts";
import { snakeCase } from "../names.ts";
import type { JsonValue, Parameter } from "../plan.ts";
import { joinedPathOf, literalOf } from "./literal.ts";
import { isOwnCall, lastPart, type Meaning, meaningKey, meaningsOf, meaningText, opensForReading } from "./meanings.ts";
import { codeUse } from "./parameters.ts";
import { pathName, pathText } from "./path-words.ts";

interface Found extends Meaning {
  readonly facts: Facts;
  readonly node: ast.Expr;
  readonly type: Parameter["type"];
  readonly value: JsonValue;
}

/** A parameter with what its uses mean. */
export interface MeantParameter {
  readonly parameter: Parameter;
  readonly meanings: readonly Meaning[];
}

/**
 * Literals that stand where a call is made: hyperparameters and seeds as the effect tables name them, and files that are
 * read. Those of one value and one meaning are one parameter: that of `named`, where the notebook has a name for it.
 * Answers with all parameters, those of `named` first.
 */
export function literalParameters(
  bench: Bench,
  named: readonly MeantParameter[],
  taken: Set<string>,
): readonly MeantParameter[] {
  const written = new Set(
    bench.dataflow.files.flatMap(({ use, path }) => (use !== "read" && path !== undefined ? [filePlace(path)] : [])),
  );
  const read = readFiles(bench);
  const literals = (home: "work" | "exploration") =>
    at(bench, home).flatMap((facts) =>
      literalsOf(facts, read.get(facts.id)).filter(
        (each) => !written.has(filePlace(String(each.value))) && !isNamedApart(bench, each),
      ),
    );
  const found = literals("work");
  const groups = Map.groupBy(found, groupKey);
  // What only looks at the data is no reason for a parameter, but follows one that there is.
  for (const each of literals("exploration")) groups.get(groupKey(each))?.push(each);
  const homes = Map.groupBy(named, keyOfNamed);
  const joined = new Map<MeantParameter, readonly Found[]>();
  const own: MeantParameter[] = [];
  for (const [key, group] of groups) {
    const [home, ...others] = homes.get(key) ?? [];
    if (home !== undefined && others.length === 0) joined.set(home, group);
    else own.push({ parameter: parameterOf(bench, group as [Found, ...Found[]], found, taken), meanings: group });
  }
  return [...named.map((each) => withUses(bench, each, joined.get(each) ?? [])), ...own];
}

function withUses(bench: Bench, { parameter, meanings }: MeantParameter, more: readonly Found[]): MeantParameter {
  const uses = more.map(({ facts, node }) => codeUse(bench, facts, node));
  return { parameter: { ...parameter, uses: [...parameter.uses, ...uses] }, meanings: [...meanings, ...more] };
}

function parameterOf(
  bench: Bench,
  group: readonly [Found, ...Found[]],
  all: readonly Found[],
  taken: Set<string>,
): Parameter {
  const [first] = group;
  const name = freeName(nameOf(first, group, all), first, taken);
  taken.add(name);
  return {
    name,
    type: first.type,
    default: first.value,
    help: group
      .map(first.kind === "path" ? (each) => pathText(each, String(each.value)) : meaningText)
      .filter(isFirst)
      .join(", "),
    origin: first.kind,
    cell: first.facts.statement.cell,
    uses: group.map(({ facts, node }) => codeUse(bench, facts, node)),
  };
}

/** True for what stands in a lambda that becomes a function of its own, which no run's parameters reach. */
function isNamedApart(bench: Bench, { facts, node }: Found): boolean {
  return [...bench.savedLambdas].some(
    (lambda) => bench.lambdas.get(lambda)?.facts === facts && lambda.start <= node.start && node.end <= lambda.end,
  );
}

/** The files that each statement reads. */
function readFiles({ dataflow }: Bench): ReadonlyMap<StatementId, ReadonlySet<string>> {
  const read = new Map<StatementId, Set<string>>();
  for (const { statement, use, path } of dataflow.files) {
    if (use !== "read" || path === undefined) continue;
    read.set(statement, (read.get(statement) ?? new Set()).add(filePlace(path)));
  }
  return read;
}

/** Literals of calls that the tables call parameters. */
function literalsOf(facts: Facts, read?: ReadonlySet<string>): Found[] {
  const meanings = meaningsOf(facts.statement, read);
  return [...meanings].flatMap(([node, meaning]) => {
    const literal = isProposed(meaning) ? (literalOf(node) ?? joinedPathOf(node, facts.statement)) : undefined;
    if (literal === undefined) return [];
    const { type, value } = literal;
    if (type === "none" || type === "list" || type === "dict") return [];
    if ((meaning.kind === "seed" && type !== "int") || (meaning.kind === "path" && !isPath(literal))) return [];
    return [{ ...meaning, facts, node, type, value }];
  });
}

function isProposed({ call, argument, kind }: Meaning): boolean {
  const { effect } = call;
  if (kind === "path" && (opensForReading(call) || isOwnCall(call))) return true;
  if (effect === undefined) return false;
  const isParameter = effect.parameters?.includes(argument) === true;
  if (kind === "path") return isParameter || readsFile(call, argument);
  return isParameter || (kind === "seed" && effect.random?.seedArgument !== undefined);
}

/** Calls that list what is in a folder. */
const lists = /^(?:glob\.i?glob|os\.(?:listdir|scandir|walk))$/;

function readsFile({ effect, callee = "" }: CallSite, argument: string): boolean {
  const { files = [], signature } = effect ?? {};
  return files.some((each) => {
    const isRead = each.use === "read" || (each.use === "look" && lists.test(callee));
    const name = typeof each.argument === "number" ? (signature?.[each.argument] ?? "path") : each.argument;
    return isRead && name === argument;
  });
}

/** `:memory:` is no file. */
function isPath({ type, value }: { readonly type: Parameter["type"]; readonly value: JsonValue }): boolean {
  return type === "str" && !/^:.*:$/.test(String(value));
}

/** Equal for literals of one value and one meaning, of which it needs no more than one. */
function groupKey(each: Found): string {
  return `${meaningKey(each) ?? `at ${each.facts.id} ${each.node.start}`} ${each.type} ${JSON.stringify(each.value)}`;
}

/** The key of literals that mean what a named constant means everywhere where it is used. */
function keyOfNamed({ parameter, meanings }: MeantParameter): string {
  const [key, ...others] = new Set(meanings.map(meaningKey));
  const isOne = key !== undefined && others.length === 0;
  const isOnlyThat = key === "seed" || key === "path" || meanings.length === parameter.uses.length;
  return isOne && isOnlyThat ? `${key} ${parameter.type} ${JSON.stringify(parameter.default)}` : "";
}

function nameOf(first: Found, group: readonly Found[], all: readonly Found[]): string {
  if (first.kind === "path") return pathName(String(first.value), lists.test(first.call.callee ?? ""));
  if (first.kind !== "seed") return first.argument;
  if (group.some(({ call }) => call.role === "seed")) return "seed";
  const values = new Set(all.filter(({ kind }) => kind === "seed").map(({ value }) => value));
  const isOfSeveral = new Set(group.map(({ call }) => lastPart(call))).size > 1;
  if (isOfSeveral || (values.size === 1 && group.length > 1)) return "random_state";
  return first.call.role === "split" ? "split_seed" : `${snakeCase(lastPart(first.call))}_seed`;
}

/** The name itself, or with what the call makes or does before it (what seeds a stream: whose), or with a number. */
function freeName(name: string, { call }: Found, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const whose = call.role === "seed" ? (call.callee ?? call.text).split(".", 1)[0] : lastPart(call);
  const longer = `${snakeCase(whose ?? "")}_${name}`;
  for (let count = 1; ; count++) {
    const next = count === 1 ? longer : `${longer}_${count}`;
    if (!taken.has(next)) return next;
  }
}

function isFirst<Item>(item: Item, index: number, all: readonly Item[]): boolean {
  return all.indexOf(item) === index;
}
