import type * as ast from "../python/ast.ts";
import { type Bench, kept } from "./bench.ts";
import { type Facts, needs } from "./facts.ts";

/** A function that changes one of its defaults (`def f(x, seen=[])`), with the statements that use it. */
export interface StatefulFunction {
  readonly name: string;
  readonly users: ReadonlySet<Facts>;
}

export function statefulFunctions(bench: Bench): readonly StatefulFunction[] {
  return bench.dataflow.definitions.flatMap(({ name, node, changesParameters }) => {
    if (node.type === "ClassDef" || !keepsState(node.args, changesParameters)) return [];
    const users = new Set(kept(bench).filter((facts) => needs(facts).has(name)));
    return [{ name, users }];
  });
}

function keepsState({ posonlyargs, args, kwonlyargs }: ast.Arguments, changed: readonly string[]): boolean {
  return [...posonlyargs, ...args, ...kwonlyargs].some(
    ({ arg, default: value }) =>
      value !== undefined && changed.includes(arg.name) && value.type !== "Constant" && value.type !== "Tuple",
  );
}
