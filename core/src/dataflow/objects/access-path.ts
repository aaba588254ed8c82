import type * as ast from "../../python/ast.ts";
import type { Span } from "../../text/position.ts";
import { callFunction, classMember, methodsOf } from "../calls/notebook-call.ts";
import { ask } from "../calls/protocols.ts";
import { build, noArguments } from "../calls/returned.ts";
import type { Interpreter } from "../interpreter.ts";
import type { PathStep } from "../model.ts";
import { readGlobal, resolve } from "../names/names.ts";
import { isNamespace, namesFor, readNames } from "../names/namespace.ts";
import { evaluate } from "../statements/evaluate.ts";
import { columnView, derived, itemsOf, knownKey } from "./items.ts";
import type { AbstractObject } from "./objects.ts";
import { nothing, union, type Value, withoutNone } from "./value.ts";

/** A name, or attributes and items of one: what it denotes, and by which steps from which global. */
export interface AccessPath {
  readonly value: Value;
  /** Absent where it does not begin at a global name. */
  readonly name?: string;
  readonly path: readonly PathStep[];
  /** What was passed on the way. */
  readonly along: Value;
}

/** Follows a path without noting that it is read: the caller knows what it is for. */
export function follow(run: Interpreter, node: ast.Expr): AccessPath {
  switch (node.type) {
    case "Name":
      return followName(run, node);
    case "Attribute":
      return followAttribute(run, node);
    case "Subscript":
      return followSubscript(run, node);
    default:
      return { value: evaluate(run, node), path: [], along: nothing };
  }
}

/** Notes that what a path leads to is read. */
export function readPath(run: Interpreter, { name, path, value, along }: AccessPath, span: Span): void {
  if (name !== undefined) readGlobal(run, name, { path, span, along, value });
}

function followName(run: Interpreter, node: ast.Name): AccessPath {
  const { frame, binding } = resolve(run, node.id);
  if (frame.own !== undefined) {
    return { value: binding?.value ?? unboundValue(run, node, frame.own.stars), path: [], along: nothing };
  }
  if (frame !== run.module) {
    return { value: binding?.value ?? run.at(node, { mutable: true }), path: [], along: nothing };
  }
  const value = binding?.value ?? unboundValue(run, node, run.stars);
  return { value, name: node.id, path: [], along: nothing };
}

/** A builtin, what a star import may have bound, or nothing that the notebook defines. */
function unboundValue(run: Interpreter, node: ast.Name, stars: readonly string[]): Value {
  const builtin = `builtins.${node.id}`;
  if (run.catalog.lookup(builtin) !== undefined) return new Set([run.heap.library(builtin)]);
  for (const module of stars) {
    const qualified = `${module}.${node.id}`;
    if (run.catalog.lookup(qualified) !== undefined)
      return new Set([run.heap.library(run.catalog.canonical(qualified))]);
  }
  if (node.id === "get_ipython" || node.id === "display") {
    return new Set([run.heap.library(`IPython.${node.id}`)]);
  }
  return run.at(node, { mutable: true });
}

function followAttribute(run: Interpreter, node: ast.Attribute): AccessPath {
  const base = deeper(run, () => follow(run, node.value));
  const name = node.attr.name;
  const values: Value[] = [];
  let step: PathStep | undefined;
  for (const object of withoutNone(base.value)) {
    const { value, kind } = attributeOf(run, object, name, node);
    values.push(value);
    if (kind !== undefined && step?.kind !== "column") step = { kind, name };
  }
  return {
    value: union(...values),
    ...(base.name === undefined ? {} : { name: base.name }),
    path: step === undefined ? base.path : [...base.path, step],
    along: union(base.along, base.value),
  };
}

function followSubscript(run: Interpreter, node: ast.Subscript): AccessPath {
  if (isNamespace(run, node.value)) {
    const names = namesFor(evaluate(run, node.slice));
    if (names !== undefined) return { value: readNames(run, names, node), path: [], along: nothing };
  }
  const base = deeper(run, () => follow(run, node.value));
  const key = evaluate(run, node.slice);
  const value = itemsOf(run, base.value, node.slice, key, node);
  return {
    value: value.size > 0 ? value : run.at(node, { mutable: true }),
    ...(base.name === undefined ? {} : { name: base.name }),
    path: [...base.path, stepTo(run, base.value, node.slice, key)],
    along: union(base.along, base.value),
  };
}

/** The step that a subscript takes to a key; of a table, a text is a column. */
export function stepTo(run: Interpreter, value: Value, slice: ast.Expr, key: Value): PathStep {
  const isTable = [...value].some(({ type }) => type !== undefined && run.catalog.hasColumns(type));
  const isIndexer = [...value].some(({ type }) => type === "pandas.Indexer");
  const isOfColumn = isIndexer && slice.type === "Tuple";
  const column = isOfColumn ? slice.elts[1] : slice;
  const known = column === undefined ? undefined : knownKey(column, isOfColumn ? run.heap.items(key, 1) : key);
  if ((isTable || isOfColumn) && typeof known === "string") return { kind: "column", name: known };
  return { kind: "item", name: known === undefined ? "*" : String(known) };
}

/** What `object.name` is; no `kind` where it is a method or a module's name, which is no part of the object's data. */
export function attributeOf(
  run: Interpreter,
  object: AbstractObject,
  name: string,
  site: ast.Expr,
): { readonly value: Value; readonly kind?: PathStep["kind"] } {
  const self = new Set([object]);
  if (name === "__class__" && object.classes.size > 0) return { value: object.classes };
  // A class can be reached by other ways than its name (`type(self)`): what was set in it since is needed by all.
  const isClass = object.callable?.kind === "class";
  const own = isClass ? classMember(run, object, name) : run.heap.attribute(object, name);
  const methods = methodsOf(run, object, name);
  if (methods.length > 0) {
    const properties = methods.filter(({ callable }) => callable?.kind === "function" && callable.isProperty);
    const values = properties.map((method) => propertyOf(run, object, name, method, site));
    if (methods.length === properties.length) return { value: union(own, ...values), kind: "attribute" };
    return { value: union(own, bound(run, object, name), ...values) };
  }
  const inherited = union(...[...object.classes].map((one) => classMember(run, one, name)));
  if (own.size > 0 || inherited.size > 0) {
    // Arguments that no `__init__` has named, as a dataclass takes them, may be any attribute.
    const unnamed = object.classes.size > 0 ? new Set(object.fields.get("*")?.keys()) : nothing;
    const described = ask(run, inherited, ["__get__"], { ...noArguments, positional: [self, object.classes] }, site);
    return { value: union(own, inherited, unnamed, described ?? nothing), kind: "attribute" };
  }
  const made = ask(run, self, ["__getattr__", "__getattribute__"], noArguments, site);
  if (made !== undefined) return { value: made, kind: "attribute" };
  if (object.qualified !== undefined) return libraryAttribute(run, object, object.qualified, name);
  const types = typesOf(run, object);
  for (const type of types) {
    const known = run.catalog.attribute(type, name);
    if (known === undefined) continue;
    const value = build(run, known, { ...noArguments, self }, {}, run.places.of(object, `.${name}`));
    if (known.kind === "new" && [...value].some(({ mutable }) => mutable))
      run.heap.hold(object, `.${name}`, value, run.now);
    return { value, ...(isIndexer(value) ? {} : { kind: "attribute" as const }) };
  }
  for (const type of types) {
    if (run.catalog.method(type, name) !== undefined) return { value: bound(run, object, name) };
  }
  if (types.some((type) => run.catalog.hasColumns(type))) {
    const known = types.map((type) => run.catalog.item(type, "text")).find((one) => one !== undefined);
    if (known !== undefined) {
      return { value: columnView(run, object, name, known), kind: "column" };
    }
  }
  return { value: union(run.heap.items(self), derived(run, object, `.${name}`, `.${name}`)), kind: "attribute" };
}

/** The library types of an object: its own, or those that its notebook classes derive from. */
export function typesOf(run: Interpreter, object: AbstractObject): readonly string[] {
  if (object.classes.size === 0) return object.type === undefined ? [] : [object.type];
  const types = new Set<string>();
  const seen = new Set(object.classes);
  for (const one of seen) {
    if (one.qualified !== undefined) types.add(run.catalog.canonical(one.qualified));
    if (one.callable?.kind === "class") for (const base of one.callable.bases) seen.add(base);
  }
  return [...types];
}

function libraryAttribute(
  run: Interpreter,
  object: AbstractObject,
  qualified: string,
  name: string,
): { readonly value: Value; readonly kind?: PathStep["kind"] } {
  const known = run.catalog.attribute(qualified, name);
  if (known === undefined) {
    return { value: new Set([run.heap.library(run.catalog.canonical(`${qualified}.${name}`))]) };
  }
  const value = build(run, known, noArguments, {}, run.places.of(object, `.${name}`));
  run.heap.hold(object, `.${name}`, value, run.now);
  return { value, kind: "attribute" };
}

function bound(run: Interpreter, object: AbstractObject, name: string): Value {
  const self = new Set([object]);
  const method = run.heap.at(
    object,
    `bound ${name}`,
    { type: "types.MethodType", mutable: false, callable: { kind: "bound", self, name } },
    run.now,
  );
  run.heap.hold(method, ".__self__", self, run.now);
  return new Set([method]);
}

/** What a property gives; where it is asked once only, the object keeps that. */
function propertyOf(
  run: Interpreter,
  object: AbstractObject,
  name: string,
  getter: AbstractObject,
  site: ast.Expr,
): Value {
  const value = callFunction(run, getter, { ...noArguments, self: new Set([object]) }, site);
  if (getter.callable?.kind === "function" && getter.callable.isCached) {
    const mutable = new Set([...value].filter((one) => one.mutable));
    run.heap.hold(object, `.${name}`, mutable, run.now);
  }
  return value;
}

function isIndexer(value: Value): boolean {
  return [...value].some(({ type }) => type === "pandas.Indexer");
}

function deeper<T>(run: Interpreter, work: () => T): T {
  run.depth++;
  try {
    return work();
  } finally {
    run.depth--;
  }
}
