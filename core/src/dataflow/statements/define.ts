import type * as ast from "../../python/ast.ts";
import { lastName } from "../../python/last-name.ts";
import { decorate, evaluateDecorators } from "../calls/decorate.ts";
import { holdModule, makeFunction } from "../calls/make-function.ts";
import { callFunction, classMember } from "../calls/notebook-call.ts";
import { noArguments } from "../calls/returned.ts";
import type { Interpreter } from "../interpreter.ts";
import { Frame } from "../names/frame.ts";
import { bindName } from "../names/names.ts";
import type { NotebookClass } from "../objects/callable.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { nothing, union, type Value } from "../objects/value.ts";
import { evaluate } from "./evaluate.ts";
import { executeBlock } from "./execute.ts";

/** `def f(...)`: its body runs when it is called. */
export function defineFunction(run: Interpreter, node: ast.FunctionDef, owner?: AbstractObject): void {
  const isTop = run.frame.kind === "module";
  if (run.frame === run.module) run.beginDefinition(node);
  within(run, isTop ? node : run.defining, () => {
    const decorators = evaluateDecorators(run, node);
    run.within(withTypeParameters(run, node), () => {
      for (const annotation of annotationsOf(node)) evaluate(run, annotation);
    });
    const made = makeFunction(run, node, owner);
    const accessor = accessorOf(node);
    if (owner !== undefined && accessor !== undefined) {
      run.heap.hold(owner, `.${node.name.name} ${accessor}`, made, run.now);
      return;
    }
    bindName(run, node.name.name, decorate(run, made, decorators), node.name);
  });
}

/** `class C(...)`: its body runs now, in a block of its own. */
export function defineClass(run: Interpreter, node: ast.ClassDef): void {
  const isTop = run.frame.kind === "module";
  if (run.frame === run.module) run.beginDefinition(node);
  within(run, isTop ? node : run.defining, () => {
    const decorators = evaluateDecorators(run, node);
    const keywords = new Map<string, Value>();
    const bases = run.within(withTypeParameters(run, node), () => {
      for (const { arg, value } of node.keywords) keywords.set(arg?.name ?? "**", evaluate(run, value));
      return union(...node.bases.map((base) => evaluate(run, base)));
    });
    const { source } = run.frame.root.own ?? {};
    const name = source === undefined ? node.name.name : `${source.name}.${node.name.name}`;
    const one = run.heap.at(
      run.frame.context,
      node,
      { type: "builtins.type", mutable: true, callable: { kind: "class", name, node, bases: [...bases] } },
      run.now,
    );
    holdModule(run, one);
    const frame = new Frame("class", run.frame, run.contextOf(node));
    run.within(frame, () => {
      bindTypeParameters(run, node);
      for (const statement of node.body) {
        if (statement.type === "FunctionDef" || statement.type === "AsyncFunctionDef")
          defineFunction(run, statement, one);
        else executeBlock(run, [statement]);
      }
    });
    const ofInstances = fieldsOfInstances(node);
    for (const [member, { value }] of frame.layer.own) {
      if (ofInstances.has(member)) continue;
      run.heap.hold(one, `.${member}`, isMember(one, member, value) ? memberOf(run, one, name, value) : value, run.now);
    }
    for (const hook of union(...[...bases].map((base) => classMember(run, base, "__init_subclass__"))))
      if (hook.callable?.kind === "function")
        callFunction(run, hook, { ...noArguments, self: new Set([one]), keywords }, node);
    callMetaclasses(run, one, union(keywords.get("metaclass") ?? nothing, ...[...bases].map(({ classes }) => classes)));
    bindName(run, node.name.name, decorate(run, new Set([one]), decorators), node.name);
  });
}

/** A class is an instance of its metaclass, which makes it. */
function callMetaclasses(run: Interpreter, one: AbstractObject, metaclasses: Value): void {
  const { node } = one.callable as NotebookClass;
  for (const metaclass of metaclasses) {
    if (metaclass.callable?.kind !== "class") continue;
    run.heap.instantiates(one, metaclass);
    for (const [method, self] of [
      ["__new__", metaclass],
      ["__init__", one],
    ] as const)
      for (const maker of classMember(run, metaclass, method))
        if (maker.callable?.kind === "function")
          callFunction(run, maker, { ...noArguments, self: new Set([self]) }, node);
  }
}

const makingFields = /^(?:dataclass|define|mutable|frozen|attrs|s)$/;
const field = /^(?:field|attrib|ib)$/;

/**
 * The names whose values a class itself does not have: `rows: list = field(default_factory=list)` in a dataclass (or a
 * class of attrs) gives every instance one of its own.
 */
function fieldsOfInstances({ decorator_list: decorators, body }: ast.ClassDef): ReadonlySet<string> {
  if (!decorators.some((decorator) => makingFields.test(lastName(decorator)))) return new Set();
  const assigned = body.flatMap((part) => {
    if (part.type === "AnnAssign") return [{ target: part.target, value: part.value }];
    return part.type === "Assign" ? part.targets.map((target) => ({ target, value: part.value })) : [];
  });
  return new Set(
    assigned.flatMap(({ target, value }) =>
      target.type === "Name" && value?.type === "Call" && field.test(lastName(value)) ? [target.id] : [],
    ),
  );
}

/** Whether what a class body binds becomes a member of an enumeration, which is an instance of its class. */
function isMember(one: AbstractObject, name: string, value: Value): boolean {
  if (name.startsWith("_") || [...value].some(({ callable }) => callable !== undefined)) return false;
  const bases = new Set([one]);
  for (const { callable } of bases) if (callable?.kind === "class") for (const base of callable.bases) bases.add(base);
  return [...bases].some(({ qualified }) => qualified !== undefined && /^enum\.\w*(Enum|Flag)$/.test(qualified));
}

/** There is one of each member, also in a process that loads it: nothing is shared by sharing it. */
function memberOf(run: Interpreter, one: AbstractObject, name: string, value: Value): Value {
  const site = [...value][0] ?? one;
  const facts = { type: `notebook.${name}`, mutable: false };
  const member = run.heap.at(run.frame.context, run.places.of(site, "member"), facts, run.now);
  run.heap.instantiates(member, one);
  run.heap.hold(member, ".value", value, run.now);
  return new Set([member]);
}

/** Where annotations and bases are evaluated: in `def f[T](x: T)` they know `T`, as the methods of a class do. */
function withTypeParameters(run: Interpreter, node: ast.FunctionDef | ast.ClassDef): Frame {
  if (node.type_params.length === 0) return run.frame;
  const frame = new Frame("class", run.frame, run.contextOf(node));
  run.within(frame, () => bindTypeParameters(run, node));
  return frame;
}

function bindTypeParameters(run: Interpreter, { type_params: parameters }: ast.FunctionDef | ast.ClassDef): void {
  for (const { name } of parameters) bindName(run, name.name, run.at(name, { mutable: false }), name);
}

/** `setter` for what stands under `@name.setter`: the name stays the property itself. */
function accessorOf(node: ast.FunctionDef): string | undefined {
  for (const decorator of node.decorator_list) {
    if (decorator.type !== "Attribute" || decorator.value.type !== "Name") continue;
    if (decorator.value.id === node.name.name && ["setter", "deleter"].includes(decorator.attr.name)) {
      return decorator.attr.name;
    }
  }
  return undefined;
}

/** A decorator of the notebook is followed; of another it is assumed that calling the result still runs the body. */
function annotationsOf(node: ast.FunctionDef): readonly ast.Expr[] {
  const { posonlyargs, args, vararg, kwonlyargs, kwarg } = node.args;
  const annotations = [...posonlyargs, ...args, vararg, ...kwonlyargs, kwarg].map((arg) => arg?.annotation);
  return [...annotations, node.returns].filter((annotation) => annotation !== undefined);
}

function within(run: Interpreter, definition: ast.Stmt | undefined, work: () => void): void {
  const outer = run.defining;
  run.defining = definition;
  try {
    work();
  } finally {
    run.defining = outer;
  }
}
