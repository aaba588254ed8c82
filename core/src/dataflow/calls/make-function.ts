import type * as ast from "../../python/ast.ts";
import type { Interpreter } from "../interpreter.ts";
import type { NotebookFunction } from "../objects/callable.ts";
import type { AbstractObject } from "../objects/objects.ts";
import type { Value } from "../objects/value.ts";
import { evaluate } from "../statements/evaluate.ts";
import { holdCaptured } from "./captured.ts";

/** The function that a `def` or a lambda makes where it stands. Its defaults are evaluated here. */
export function makeFunction(run: Interpreter, node: ast.FunctionDef | ast.Lambda, owner?: AbstractObject): Value {
  const defaults = new Map<string, Value>();
  const { posonlyargs, args, kwonlyargs } = node.args;
  for (const arg of [...posonlyargs, ...args, ...kwonlyargs]) {
    if (arg.default !== undefined) defaults.set(arg.arg.name, evaluate(run, arg.default));
  }
  const ownName = node.type === "Lambda" ? "<lambda>" : node.name.name;
  const { own } = run.frame.root;
  const ownerName = owner?.callable?.kind === "class" ? owner.callable.name : undefined;
  const decorators = node.type === "Lambda" ? [] : node.decorator_list.map(decoratorName);
  const isOfClass = decorators.includes("classmethod") || ownName === "__init_subclass__";
  const callable: NotebookFunction = {
    kind: "function",
    name: `${ownerName ?? own?.source.name ?? ""}.${ownName}`.replace(/^\./, ""),
    node,
    frame: run.frame,
    defaults,
    definition: run.defining ?? run.activations.at(-1)?.definition?.node,
    owner,
    isProperty: decorators.some((name) => name.endsWith("property")),
    isCached: decorators.some((name) => name === "lru_cache" || /^cache(?:d_?property)?$/.test(name)),
    binding: decorators.includes("staticmethod") ? "static" : isOfClass ? "class" : "instance",
  };
  const fn = run.heap.at(run.frame.context, node, { type: "types.FunctionType", mutable: false, callable }, run.now);
  holdCaptured(run, fn, node, run.frame);
  holdModule(run, fn);
  for (const [name, value] of defaults) run.heap.hold(fn, `.__defaults__ ${name}`, value, run.now);
  return new Set([fn]);
}

/** What is made in an own module reads and changes what that has: the notebook reaches it by a name of its own. */
export function holdModule(run: Interpreter, made: AbstractObject): void {
  const { own } = run.frame.root;
  if (own !== undefined) run.heap.hold(made, ".__globals__", new Set([own.module]), run.now);
}

function decoratorName(node: ast.Expr): string {
  const target = node.type === "Call" ? node.func : node;
  if (target.type === "Name") return target.id;
  return target.type === "Attribute" ? target.attr.name : "";
}
