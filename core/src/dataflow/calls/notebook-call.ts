import type * as ast from "../../python/ast.ts";
import type { Interpreter } from "../interpreter.ts";
import { Frame } from "../names/frame.ts";
import { localNames } from "../names/local-names.ts";
import type { NotebookFunction } from "../objects/callable.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { nothing, union, type Value } from "../objects/value.ts";
import { anySettings } from "../process/consulted.ts";
import { change, postpone } from "../statements/changes.ts";
import { evaluate } from "../statements/evaluate.ts";
import { executeBlock } from "../statements/execute.ts";
import { assumeFunctions, functionsIn } from "./assumed-functions.ts";
import { holdCaptured } from "./captured.ts";
import { withCoroutine } from "./coroutines.ts";
import { keptResult } from "./kept-results.ts";
import { parametersOf } from "./parameters.ts";
import { allArguments, type CallArguments } from "./returned.ts";

/** Follows a call of a function of the notebook: through its body, with these arguments. `site` is the call. */
export function callFunction(run: Interpreter, callee: AbstractObject, args: CallArguments, site: object): Value {
  const fn = callee.callable as NotebookFunction;
  const running = run.activations.filter(({ node }) => node === fn.node).length;
  if (running >= 2 || run.isTooDeep || !run.burn()) return assumeCall(run, fn, args, site, running >= 2);
  const definition = definitionOf(run, fn);
  if (definition !== undefined) run.noteFollowed(definition);
  holdCaptured(run, callee, fn.node, fn.frame);
  const names = localNames(fn.node);
  const frame = new Frame("function", fn.frame, run.contextOf(site), names);
  const given = parametersOf(run, fn, args);
  const parameters = new Map<AbstractObject, string>();
  for (const [name, value] of given) {
    for (const object of value) if (object.mutable && !parameters.has(object)) parameters.set(object, name);
  }
  run.activations.push({ name: fn.name, node: fn.node, definition, owner: fn.owner, parameters });
  const outerSpan = run.callSpan;
  const span = site as Partial<ast.Call>;
  if (outerSpan === undefined && span.start !== undefined && span.end !== undefined) {
    run.callSpan = { start: span.start, end: span.end };
  }
  run.depth += 4;
  try {
    return run.within(frame, () => {
      for (const [name, value] of given) frame.layer.set(name, { value, definers: [run.now], certain: true });
      if (fn.node.type === "Lambda") return evaluate(run, fn.node.body);
      executeBlock(run, fn.node.body);
      const handed = union(args.self ?? nothing, allArguments(args));
      const again = () => void callFunction(run, callee, args, site);
      if (frame.isGenerator) {
        const generator = run.at(fn.node, { type: "types.GeneratorType" });
        for (const object of generator) {
          run.heap.hold(object, "*", frame.yielded, run.now);
          run.heap.hold(object, "~", handed, run.now);
          postpone(run, object, again);
        }
        return generator;
      }
      const none = run.at(fn.node, { type: "builtins.NoneType", mutable: false });
      const result = frame.returned.size === 0 ? none : frame.returned;
      if (fn.node.type === "AsyncFunctionDef") return withCoroutine(run, fn.node, handed, result, again);
      return fn.isCached ? keptResult(run, callee, args, result) : result;
    });
  } finally {
    run.depth -= 4;
    run.callSpan = outerSpan;
    run.activations.pop();
  }
}

/** Calls the method of this name of the notebook's classes; `undefined` where the value has none. */
export function callMethod(
  run: Interpreter,
  self: Value,
  name: string,
  args: CallArguments,
  site: object,
): Value | undefined {
  const results: Value[] = [];
  for (const object of self) {
    for (const method of methodsOf(run, object, name)) {
      results.push(callFunction(run, method, { ...args, self: new Set([object]) }, site));
    }
  }
  return results.length === 0 ? undefined : union(...results);
}

/** The notebook's functions that `object.name` may be, from its class and the bases. */
export function methodsOf(run: Interpreter, object: AbstractObject, name: string): readonly AbstractObject[] {
  const found: AbstractObject[] = [];
  for (const one of object.classes) {
    for (const member of classMember(run, one, name)) {
      if (member.callable?.kind === "function") found.push(member);
    }
  }
  return found;
}

/** A member of a class of the notebook, or of the nearest base that has it. */
export function classMember(run: Interpreter, object: AbstractObject, name: string): Value {
  const queue = [object];
  const seen = new Set(queue);
  for (const one of seen) {
    const own = run.heap.attribute(one, name);
    if (own.size > 0) {
      needMember(run, one, name);
      return own;
    }
    if (one.callable?.kind === "class") for (const base of one.callable.bases) seen.add(base);
  }
  return nothing;
}

/** A member that was set after its class was made needs whoever set it; data of the class, its newest change. */
function needMember(run: Interpreter, one: AbstractObject, name: string): void {
  const className = one.callable?.kind === "class" ? one.callable.name : name;
  for (const [member, since] of one.fields.get(`.${name}`) ?? []) {
    const last = member.callable === undefined ? Math.max(since, one.lastChange(run.now - 1)) : since;
    if (last > one.made && last < run.now) run.recorder.edge(last, run.now, "change", className, false);
    const changed = member.callable === undefined ? member.lastChange(run.now - 1) : -1;
    if (changed > one.made) run.recorder.edge(changed, run.now, "change", className, false);
  }
}

/** The methods of a class of the notebook and its bases, nearest first; `__init__` only where asked for. */
export function allMethods(object: AbstractObject, withInit = false): readonly AbstractObject[] {
  const methods = new Map<string, AbstractObject>();
  const seen = new Set([object]);
  for (const one of seen) {
    for (const [field, members] of one.fields) {
      for (const member of members.keys()) {
        if (member.callable?.kind === "function" && (withInit || field !== ".__init__") && !methods.has(field))
          methods.set(field, member);
      }
    }
    if (one.callable?.kind === "class") for (const base of one.callable.bases) seen.add(base);
  }
  return [...methods.values()];
}

function definitionOf(run: Interpreter, fn: NotebookFunction) {
  return fn.definition === undefined ? undefined : run.definitions.get(fn.definition);
}

/** A call that is not followed: every name in the body is read and may change, and so may the arguments. */
function assumeCall(
  run: Interpreter,
  fn: NotebookFunction,
  args: CallArguments,
  site: object,
  recursive: boolean,
): Value {
  const definition = definitionOf(run, fn);
  const span = run.callSpan ?? fn.node;
  const known = recursive ? definition?.changesParameters : undefined;
  const changed =
    known === undefined
      ? union(args.self ?? nothing, allArguments(args))
      : union(...[...parametersOf(run, fn, args)].flatMap(([name, value]) => (known.has(name) ? [value] : [])));
  if (!recursive) run.recorder.consults(anySettings);
  const why = recursive ? `${fn.name} calls itself` : `${fn.name} does too much to follow`;
  change(run, changed, { path: [], span, must: false, deep: true, views: true, why });
  if (!recursive) assumeFunctions(run, [fn, ...functionsIn(run, changed)], span, why);
  const result = run.at(site, { mutable: true });
  const held = union(args.self ?? nothing, allArguments(args));
  for (const object of result) for (const other of held) if (other.mutable) run.heap.share(object, other, run.now);
  return result;
}
