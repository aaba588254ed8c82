import { isKeptResult } from "../../dataflow/calls/kept-results.ts";
import type * as ast from "../../python/ast.ts";
import { at, type Bench, kept } from "../bench.ts";
import { type Facts, needs } from "../facts.ts";
import { laterReads } from "./later-reads.ts";

/** A definition that cannot be had again in another process, with the statements that use it. */
export interface StatefulFunction {
  readonly name: string;
  readonly users: ReadonlySet<Facts>;
  readonly why: string;
}

/** Functions that change one of their defaults (`def f(x, seen=[])`), or whose cached results somebody changes. */
export function statefulFunctions(bench: Bench): readonly StatefulFunction[] {
  const changed = new Set(kept(bench).flatMap(({ statement }) => changedResults(statement)));
  return bench.dataflow.definitions.flatMap(({ name, node, changesParameters }) => {
    if (node.type === "ClassDef") return [];
    const collects = keepsState(node.args, changesParameters);
    if (!collects && !changed.has(name)) return [];
    const why = collects ? "it collects values in a default" : "it keeps its results, and one of them is changed";
    return [{ name, users: usersOf(bench, [name]), why }];
  });
}

/** Functions whose cached results a statement changes: the next call gives the changed one. */
function changedResults({ accesses }: Facts["statement"]): readonly string[] {
  return accesses.flatMap(({ kind, place: { name, path } }) =>
    kind === "change" && path[0] !== undefined && isKeptResult(path[0]) ? [name] : [],
  );
}

function keepsState({ posonlyargs, args, kwonlyargs }: ast.Arguments, changed: readonly string[]): boolean {
  return [...posonlyargs, ...args, ...kwonlyargs].some(
    ({ arg, default: value }) =>
      value !== undefined && changed.includes(arg.name) && value.type !== "Constant" && value.type !== "Tuple",
  );
}

/** Definitions in the stages whose defaults, bases or decorators were computed where they stand. */
export function boundDefinitions(bench: Bench): readonly StatefulFunction[] {
  const computed = new Set(
    at(bench, "work").flatMap((facts) => (bench.localDefinitions.has(facts) ? [] : [...facts.binds.keys()])),
  );
  return [...bench.localDefinitions].flatMap((facts) => {
    if (![...needs(facts)].some((name) => computed.has(name))) return [];
    const names = [...facts.binds.keys()];
    const users = new Set([facts, ...usersOf(bench, names)]);
    return names.map((name) => ({ name, users, why: "what it is was computed where it stands" }));
  });
}

/** Statements that use such a name, and definitions whose bodies do. */
function usersOf(bench: Bench, names: readonly string[]): ReadonlySet<Facts> {
  return new Set(
    kept(bench).filter((facts) => {
      const later = laterReads(bench, facts);
      return names.some((name) => needs(facts).has(name) || later.includes(name));
    }),
  );
}
