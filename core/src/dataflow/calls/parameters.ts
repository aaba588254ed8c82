import type { Interpreter } from "../interpreter.ts";
import type { NotebookFunction } from "../objects/callable.ts";
import { nothing, union, type Value } from "../objects/value.ts";
import type { CallArguments } from "./returned.ts";

/** What each parameter of a function of the notebook gets from a call. */
export function parametersOf(run: Interpreter, fn: NotebookFunction, args: CallArguments): ReadonlyMap<string, Value> {
  const { posonlyargs, args: plain, vararg, kwonlyargs, kwarg } = fn.node.args;
  const positional = [...posonlyargs, ...plain];
  const given: Value[] =
    args.self !== undefined && fn.binding !== "static" ? [args.self, ...args.positional] : [...args.positional];
  const values = new Map<string, Value>();
  const used = new Set<string>();
  positional.forEach(({ arg }, at) => {
    used.add(arg.name);
    const open = union(args.starred ?? nothing, args.doubled ?? nothing);
    const value = given[at] ?? args.keywords.get(arg.name) ?? open;
    values.set(arg.name, orDefault(run, fn, arg, value));
  });
  for (const { arg } of kwonlyargs) {
    used.add(arg.name);
    values.set(arg.name, orDefault(run, fn, arg, union(args.keywords.get(arg.name) ?? args.doubled ?? nothing)));
  }
  if (vararg !== undefined) {
    const rest = run.at(vararg, { type: "builtins.tuple", mutable: false });
    for (const tuple of rest) {
      given.slice(positional.length).forEach((value, at) => {
        run.heap.hold(tuple, `[${at}`, value, run.now);
      });
      run.heap.hold(tuple, "*", args.starred ?? nothing, run.now);
    }
    values.set(vararg.arg.name, rest);
  }
  if (kwarg !== undefined) {
    const rest = run.at(kwarg, { type: "builtins.dict" });
    for (const dict of rest) {
      for (const [name, value] of args.keywords) if (!used.has(name)) run.heap.hold(dict, `[${name}`, value, run.now);
      run.heap.hold(dict, "*", args.doubled ?? nothing, run.now);
    }
    values.set(kwarg.arg.name, rest);
  }
  return values;
}

function orDefault(run: Interpreter, fn: NotebookFunction, arg: { readonly name: string }, value: Value): Value {
  if (value.size > 0) return value;
  return fn.defaults.get(arg.name) ?? run.at(arg, { mutable: true });
}
