import type * as ast from "../../python/ast.ts";
import type { Interpreter } from "../interpreter.ts";
import type { CallSite } from "../model.ts";
import type { Frame } from "../names/frame.ts";
import { mentionedNames } from "../names/local-names.ts";
import { resolve } from "../names/names.ts";
import { isNamespace, namesFor, readNames } from "../names/namespace.ts";
import { type AccessPath, attributeOf, follow, readPath, typesOf } from "../objects/access-path.ts";
import { elementsOf } from "../objects/items.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { nothing, union, type Value, withoutNone } from "../objects/value.ts";
import { evaluate } from "../statements/evaluate.ts";
import { instantiate } from "./instantiate.ts";
import { applyEffect, applyUnknown, callByName } from "./library-call.ts";
import { callFunction, classMember, methodsOf } from "./notebook-call.ts";
import type { CallArguments } from "./returned.ts";
import { specialCall } from "./special-calls.ts";

/** A call, whatever is called: functions of the notebook are followed, library functions looked up. */
export function evaluateCall(run: Interpreter, node: ast.Call): Value {
  const parent = superMethod(run, node);
  if (parent !== undefined) return parent;
  const { func } = node;
  const got = gottenName(run, node);
  if (got !== undefined) return got;
  const receiver = func.type === "Attribute" ? follow(run, func.value) : undefined;
  if (receiver !== undefined) readPath(run, receiver, (func as ast.Attribute).value);
  const callee = receiver === undefined ? evaluate(run, func) : undefined;
  const args = evaluateArguments(run, node);
  const call = new Calling(run, node, receiver);
  const special = specialCall(run, node, receiver?.value ?? callee ?? nothing, args);
  if (special !== undefined) {
    call.record(special.callee);
    return special.value;
  }
  const results =
    receiver === undefined
      ? [...(callee ?? nothing)].map((object) => call.callObject(object, args))
      : [...withoutNone(receiver.value)].map((object) =>
          call.callMethod(object, (func as ast.Attribute).attr.name, args),
        );
  call.record();
  const result = union(...results);
  return result.size > 0 ? result : run.at(node, { mutable: true });
}

/** A call that is not written as one: a decorator's of what it decorates. */
export function callWith(run: Interpreter, node: ast.Call, callee: AbstractObject, args: CallArguments): Value {
  return new Calling(run, node, undefined).callObject(callee, args);
}

/** `globals().get("x")`. */
function gottenName(run: Interpreter, { func, args }: ast.Call): Value | undefined {
  if (func.type !== "Attribute" || func.attr.name !== "get" || !isNamespace(run, func.value)) return undefined;
  const [key, otherwise] = args.map((arg) => evaluate(run, arg));
  const names = namesFor(key ?? nothing);
  return names === undefined ? undefined : union(readNames(run, names, func, true), otherwise ?? nothing);
}

function evaluateArguments(run: Interpreter, node: ast.Call): CallArguments {
  const positional: Value[] = [];
  const starred: Value[] = [];
  for (const arg of node.args) {
    if (arg.type === "Starred") starred.push(elementsOf(run, evaluate(run, arg.value), arg));
    else if (starred.length > 0) starred.push(evaluate(run, arg));
    else positional.push(evaluate(run, arg));
  }
  const keywords = new Map<string, Value>();
  let doubled: Value | undefined;
  for (const { arg, value } of node.keywords) {
    if (arg === undefined) doubled = union(doubled ?? nothing, elementsOf(run, evaluate(run, value), value));
    else keywords.set(arg.name, evaluate(run, value));
  }
  return {
    self: undefined,
    positional,
    starred: starred.length > 0 ? union(...starred) : undefined,
    keywords,
    doubled,
  };
}

/** One call that is being resolved. */
class Calling {
  readonly #run: Interpreter;
  readonly #node: ast.Call;
  readonly #receiver: AccessPath | undefined;
  #site: Pick<CallSite, "callee" | "effect" | "role"> = {};

  constructor(run: Interpreter, node: ast.Call, receiver: AccessPath | undefined) {
    this.#run = run;
    this.#node = node;
    this.#receiver = receiver;
  }

  callMethod(object: AbstractObject, name: string, args: CallArguments): Value {
    const run = this.#run;
    const self = new Set([object]);
    const methods = methodsOf(run, object, name);
    if (methods.length > 0) {
      this.#resolved(`notebook.${(methods[0]?.callable as { name: string }).name}`);
      return union(...methods.map((method) => callFunction(run, method, { ...args, self }, this.#node)));
    }
    if (object.callable?.kind === "class") {
      const members = classMember(run, object, name);
      if (members.size > 0) {
        return union(
          ...[...members].map((member) => {
            const isClassMethod = member.callable?.kind === "function" && member.callable.binding === "class";
            return this.callObject(member, isClassMethod ? { ...args, self } : args);
          }),
        );
      }
    }
    const fields = run.heap.attribute(object, name);
    if (fields.size > 0) return union(...[...fields].map((field) => this.callObject(field, args)));
    if (object.qualified !== undefined) {
      const { value } = attributeOf(run, object, name, this.#node.func);
      return union(...[...value].map((one) => this.callObject(one, args)));
    }
    for (const type of typesOf(run, object)) {
      const known = run.catalog.method(type, name);
      if (known === undefined) continue;
      this.#resolved(known.qualified, known.effect);
      return applyEffect(run, {
        ...known,
        self,
        base: this.#receiver?.name,
        path: this.#receiver?.path,
        args: { ...args, self },
        site: this.#node,
      });
    }
    const types = typesOf(run, object);
    if (types[0] !== undefined) this.#resolved(`${types[0]}.${name}`);
    return this.#unknown(name, { ...args, self });
  }

  callObject(object: AbstractObject, args: CallArguments): Value {
    const run = this.#run;
    const { callable } = object;
    if (callable?.kind === "function") {
      this.#resolved(`notebook.${callable.name}`);
      return callFunction(run, object, args, this.#node);
    }
    if (callable?.kind === "class") {
      this.#resolved(`notebook.${callable.name}`);
      return instantiate(run, object, callable, args, this.#node);
    }
    if (callable?.kind === "bound") {
      return union(...[...callable.self].map((self) => this.callMethod(self, callable.name, args)));
    }
    if (object.qualified !== undefined) {
      const qualified = run.catalog.canonical(object.qualified);
      const special = specialCall(run, this.#node, new Set([object]), args);
      if (special !== undefined) {
        this.#resolved(special.callee);
        return special.value;
      }
      const effect = run.catalog.lookup(qualified);
      this.#resolved(qualified, effect);
      if (effect !== undefined) return applyEffect(run, callByName(run, qualified, effect, args, this.#node));
      return this.#unknown(qualified, args);
    }
    if (object.type === "types.MethodType" || object.classes.size > 0 || object.type !== undefined) {
      const isCallable = object.classes.size > 0 || run.catalog.method(object.type ?? "", "__call__") !== undefined;
      if (isCallable) return this.callMethod(object, "__call__", args);
    }
    return this.#unknown(this.text, { ...args, self: new Set([object]) });
  }

  get text(): string {
    return textOf(this.#node.func);
  }

  /** Notes the call, where the statement makes it itself. */
  record(callee?: string): void {
    const run = this.#run;
    if (run.activations.length > 0 || run.frame.root !== run.module) return;
    if (callee !== undefined) this.#resolved(callee, run.catalog.lookup(callee));
    const argumentNames = new Map<number | string, readonly string[]>();
    this.#node.args.forEach((arg, at) => {
      argumentNames.set(at, globalsIn(run, arg));
    });
    for (const { arg, value } of this.#node.keywords) argumentNames.set(arg?.name ?? "**", globalsIn(run, value));
    const receiver = this.#receiver?.name ?? receiverOf(run, this.#node.func);
    run.recorder.call({
      node: this.#node,
      text: this.text,
      argumentNames,
      range: run.recorder.range(this.#node),
      ...(receiver === undefined ? {} : { receiver }),
      ...this.#site,
    });
  }

  #unknown(name: string, args: CallArguments): Value {
    const shown = this.#receiver === undefined ? name : this.text;
    return applyUnknown(this.#run, {
      name: shown,
      base: this.#receiver?.name,
      path: this.#receiver?.path,
      args,
      site: this.#node,
    });
  }

  #resolved(callee: string, effect?: CallSite["effect"]): void {
    this.#site = {
      callee,
      ...(effect === undefined ? {} : { effect }),
      ...(effect?.role === undefined ? {} : { role: effect.role }),
    };
  }
}

/** `super().method(...)`. */
function superMethod(run: Interpreter, node: ast.Call): Value | undefined {
  const { func } = node;
  if (func.type !== "Attribute" || func.value.type !== "Call") return undefined;
  const { func: maker } = func.value;
  if (maker.type !== "Name" || maker.id !== "super") return undefined;
  let frame: Frame | undefined = run.frame;
  while (frame !== undefined && frame.kind === "comprehension") frame = frame.parent;
  const activation = run.activations.at(-1);
  const owner = activation?.owner;
  const firstParameter = activation?.node.args.args[0]?.arg.name;
  const self = firstParameter === undefined ? undefined : frame?.layer.get(firstParameter)?.value;
  if (owner?.callable?.kind !== "class" || self === undefined) return undefined;
  const args = { ...evaluateArguments(run, node), self };
  const results: Value[] = [];
  for (const base of owner.callable.bases) {
    if (base.callable?.kind === "class") {
      for (const member of classMember(run, base, func.attr.name)) {
        if (member.callable?.kind === "function") results.push(callFunction(run, member, args, node));
      }
      continue;
    }
    if (base.qualified === undefined || func.attr.name === "__init__") continue;
    const known = run.catalog.method(run.catalog.canonical(base.qualified), func.attr.name);
    if (known !== undefined) results.push(applyEffect(run, { ...known, self, args, site: node }));
    else results.push(applyUnknown(run, { name: `super().${func.attr.name}`, args, site: node }));
  }
  const result = union(...results);
  return result.size > 0 ? result : run.at(node, { mutable: true });
}

/** Globals that stand in an expression. */
function globalsIn(run: Interpreter, node: ast.Expr): readonly string[] {
  return [...mentionedNames([node])].filter((name) => {
    const { frame, binding } = resolve(run, name);
    return frame === run.module && binding !== undefined;
  });
}

/** The global at the root of what receives the call: `df` in `df.groupby("a").mean()`. */
function receiverOf(run: Interpreter, func: ast.Expr): string | undefined {
  if (func.type !== "Attribute") return undefined;
  let node: ast.Expr = func.value;
  for (;;) {
    if (node.type === "Attribute" || node.type === "Subscript") node = node.value;
    else if (node.type === "Call") node = node.func;
    else break;
  }
  if (node.type !== "Name") return undefined;
  return resolve(run, node.id).frame === run.module ? node.id : undefined;
}

/** A callee as written: dotted where it is, otherwise its end. */
export function textOf(node: ast.Expr): string {
  const parts: string[] = [];
  for (let at: ast.Expr = node; ; ) {
    if (at.type === "Name") {
      parts.unshift(at.id);
      break;
    }
    if (at.type === "Attribute") {
      parts.unshift(at.attr.name);
      at = at.value;
    } else if (at.type === "Call") {
      parts[0] = parts[0] === undefined ? "()" : parts[0];
      at = at.func;
      if (parts.length > 20) break;
    } else if (at.type === "Subscript") {
      at = at.value;
    } else {
      break;
    }
  }
  return parts.join(".");
}
