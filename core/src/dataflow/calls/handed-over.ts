import type { Interpreter } from "../interpreter.ts";
import type { BoundMethod } from "../objects/callable.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { nothing, union, type Value } from "../objects/value.ts";
import { applyEffect, callByName, type LibraryCall } from "./library-call.ts";
import { allMethods, callFunction, methodsOf } from "./notebook-call.ts";
import { type CallArguments, noArguments } from "./returned.ts";

/**
 * What functions and instances do when a library may call them, the notebook's and other libraries': those among the
 * values, or held by them, are followed once a statement, with arguments that may hold anything that was handed over, or
 * are what they are given `itself`.
 */
export function handOver(run: Interpreter, values: Value, others: Value, site: object, itself = nothing): void {
  let any: Value | undefined;
  for (const object of codeReached(values)) {
    const { callable, qualified } = object;
    if (isAsker(object)) {
      askFor(run, object, others, site);
      continue;
    }
    if (callable === undefined && qualified === undefined && object.classes.size === 0) continue;
    if (run.handedOver.has(object)) continue;
    run.handedOver.add(object);
    if (qualified !== undefined) handLibraryFunction(run, qualified, others, site);
    if (callable?.kind === "bound") handLibraryMethod(run, callable, others, site);
    for (const { method, self } of notebookFunctions(run, object)) {
      any ??= union(handedOver(run, others, site), itself);
      const args = { self, positional: [], starred: any, keywords: new Map(), doubled: any };
      run.maybe(() => callFunction(run, method, args, method));
    }
  }
}

/** `operator.attrgetter("price")`: called, it asks what it is given. */
export function isAsker({ type }: AbstractObject): boolean {
  return type === "operator.attrgetter" || type === "operator.methodcaller";
}

function askFor(run: Interpreter, { constant }: AbstractObject, others: Value, site: object): void {
  const name = typeof constant === "string" ? (constant.split(".")[0] as string) : undefined;
  for (const object of union(others, run.heap.items(others))) {
    const self = new Set([object]);
    if (name !== undefined) handLibraryMethod(run, { kind: "bound", self, name }, others, site);
    const methods = name === undefined ? allMethodsOf(object) : methodsOf(run, object, name);
    for (const method of methods) run.maybe(() => callFunction(run, method, { ...noArguments, self }, method));
  }
}

function allMethodsOf(instance: AbstractObject): readonly AbstractObject[] {
  return [...instance.classes].flatMap((one) => allMethods(one));
}

/** The notebook's functions that calling an object, or asking it for something, can call. */
function notebookFunctions(
  run: Interpreter,
  object: AbstractObject,
): readonly { readonly method: AbstractObject; readonly self: Value | undefined }[] {
  const { callable } = object;
  if (callable?.kind === "function") return [{ method: object, self: undefined }];
  if (callable?.kind === "bound") {
    return [...callable.self].flatMap((self) =>
      methodsOf(run, self, callable.name).map((method) => ({ method, self: new Set([self]) })),
    );
  }
  return allMethodsOf(object).map((method) => ({ method, self: new Set([object]) }));
}

/** `random.shuffle`, handed over: it draws, and changes what it is given. */
function handLibraryFunction(run: Interpreter, qualified: string, others: Value, site: object): void {
  const effect = run.catalog.lookup(qualified);
  if (effect === undefined) return;
  const args = argumentsFrom(run, others);
  applyPerhaps(run, callByName(run, qualified, effect, args, placeOf(run, qualified, site)));
}

/** `rows.append`, handed over: the library may call it. */
function handLibraryMethod(run: Interpreter, { self, name }: BoundMethod, others: Value, site: object): void {
  for (const object of self) {
    if (object.type === undefined || methodsOf(run, object, name).length > 0) continue;
    const known = run.catalog.method(object.type, name);
    if (known === undefined || !run.catalog.acts(known.effect)) continue;
    const args = { ...argumentsFrom(run, others), self: new Set([object]) };
    applyPerhaps(run, { ...known, self: args.self, args, site: placeOf(run, known.qualified, site) });
  }
}

function applyPerhaps(run: Interpreter, call: LibraryCall): void {
  const name = call.qualified.slice(call.qualified.lastIndexOf(".") + 1);
  run.maybe(() => applyEffect(run, { ...call, why: `${name} may be called` }));
}

/** A library's function gets one thing or two, of what is handed over or of what that holds. */
function argumentsFrom(run: Interpreter, others: Value): CallArguments {
  const mutable = new Set([...others].filter((one) => one.mutable));
  const given = union(mutable, run.heap.items(others));
  return { ...noArguments, positional: [given, given] };
}

function placeOf(run: Interpreter, qualified: string, site: object): object {
  return run.places.of(site, `handed over ${qualified}`);
}

/** What a library may call with: one object for all that a call hands over, or those of many calls would hold them all. */
function handedOver(run: Interpreter, others: Value, site: object): Value {
  const any = run.at(run.places.of(site, "handed over"), { mutable: true });
  for (const one of any) run.heap.hold(one, "*", new Set([...others].filter(({ mutable }) => mutable)), run.now);
  return any;
}

/** Those of the values, and of what they hold, that may be or hold code of the notebook. */
function codeReached(values: Value): ReadonlySet<AbstractObject> {
  const seen = new Set<AbstractObject>();
  for (const object of values) if (object.reachesCode) seen.add(object);
  for (const object of seen) for (const held of object.held()) if (held.reachesCode) seen.add(held);
  return seen;
}
