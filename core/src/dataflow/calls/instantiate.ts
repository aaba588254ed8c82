import type * as ast from "../../python/ast.ts";
import type { Interpreter } from "../interpreter.ts";
import type { NotebookClass } from "../objects/callable.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { nothing, union, type Value } from "../objects/value.ts";
import { callFunction, callMethod, classMember, methodsOf } from "./notebook-call.ts";
import type { CallArguments } from "./returned.ts";

/** What calling a class of the notebook gives: a new instance, or one that was there before. */
export function instantiate(
  run: Interpreter,
  one: AbstractObject,
  { name }: NotebookClass,
  args: CallArguments,
  node: ast.Call,
): Value {
  const made = run.at(node, { type: `notebook.${name}` });
  for (const instance of made) {
    run.heap.instantiates(instance, one);
    const isOwn = one.fields.has(".__globals__");
    if (isOwn) run.heap.hold(instance, ".__class__", new Set([one]), run.now);
  }
  const kept = keptByMetaclass(run, one, args, node);
  const given = givenByClass(run, one, args, node);
  for (const instance of union(kept, given)) if (instance.classes.size === 0) run.heap.instantiates(instance, one);
  if ([...made].some((instance) => methodsOf(run, instance, "__init__").length > 0)) {
    initialize(run, made, args, node);
    run.maybe(() => initialize(run, given, args, node));
  } else {
    for (const instance of made)
      run.heap.hold(instance, "*", union(...args.positional, ...args.keywords.values()), run.now);
  }
  return union(made, kept, given);
}

function initialize(run: Interpreter, made: Value, args: CallArguments, node: ast.Call): void {
  for (const instance of made) {
    for (const init of methodsOf(run, instance, "__init__"))
      callFunction(run, init, { ...args, self: new Set([instance]) }, node);
  }
}

/** What a class's own `__new__` gives: perhaps an instance that was there before, which `__init__` gets again. */
function givenByClass(run: Interpreter, one: AbstractObject, args: CallArguments, node: ast.Call): Value {
  const makers = [...classMember(run, one, "__new__")].filter(({ callable }) => callable?.kind === "function");
  return instances(makers.map((maker) => callFunction(run, maker, { ...args, self: new Set([one]) }, node)));
}

/** What a metaclass gives when its class is called: perhaps an instance that was there before, as it is. */
function keptByMetaclass(run: Interpreter, one: AbstractObject, args: CallArguments, node: ast.Call): Value {
  return instances([callMethod(run, new Set([one]), "__call__", args, node) ?? nothing]);
}

/** What may be instances of a class of the notebook. */
function instances(values: readonly Value[]): Value {
  const may = ({ mutable, type }: AbstractObject) => mutable && (type === undefined || type.startsWith("notebook."));
  return new Set([...union(...values)].filter(may));
}
