import type { RandomStream } from "../../effects/effect.ts";
import type * as ast from "../../python/ast.ts";
import { assumeFunctions, functionsIn } from "../calls/assumed-functions.ts";
import { baseOf } from "../calls/library-call.ts";
import { ask } from "../calls/protocols.ts";
import { noArguments } from "../calls/returned.ts";
import type { Flow, Interpreter, PathEnd } from "../interpreter.ts";
import { boundNames, mentionedNames } from "../names/local-names.ts";
import { bindName, deleteName, readGlobal, resolve } from "../names/names.ts";
import { follow, readPath, stepTo } from "../objects/access-path.ts";
import { elementsOf } from "../objects/items.ts";
import { nothing, union, type Value } from "../objects/value.ts";
import { assign, unaugmented } from "./assign.ts";
import { change } from "./changes.ts";
import { decidedTest } from "./decided-test.ts";
import { defineClass, defineFunction } from "./define.ts";
import { evaluate } from "./evaluate.ts";
import { importFrom, importModules } from "./imports.ts";
import { executeLoop } from "./loops.ts";
import { executeMatch } from "./match.ts";
import { operate, operators } from "./operators.ts";

/** Runs statements one after another. */
export function executeBlock(run: Interpreter, body: readonly ast.Stmt[]): Flow {
  for (const statement of body) if (execute(run, statement) === "left") return "left";
  return "next";
}

/** Runs one statement, and says whether what follows it is reached. */
export function execute(run: Interpreter, node: ast.Stmt): Flow {
  if (run.isTooDeep) return assumeStatement(run, node);
  run.depth++;
  try {
    return executeNode(run, node);
  } finally {
    run.depth--;
  }
}

function executeNode(run: Interpreter, node: ast.Stmt): Flow {
  switch (node.type) {
    case "Expr": {
      evaluate(run, node.value);
      return leaves(run, node.value) ? "left" : "next";
    }
    case "Assign": {
      const value = evaluate(run, node.value);
      for (const target of node.targets) assign(run, target, value);
      return "next";
    }
    case "AugAssign":
      executeAugmented(run, node);
      return "next";
    case "AnnAssign":
      if (run.frame.kind !== "function") evaluate(run, node.annotation);
      if (node.value !== undefined) assign(run, node.target, evaluate(run, node.value));
      return "next";
    case "Delete":
      for (const target of node.targets) executeDelete(run, target);
      return "next";
    case "Return": {
      const value = node.value === undefined ? nothing : evaluate(run, node.value);
      run.frame.returned = union(run.frame.returned, value);
      return "left";
    }
    case "Raise":
      for (const part of [node.exc, node.cause]) if (part !== undefined) evaluate(run, part);
      return "left";
    case "Assert":
      evaluate(run, node.test);
      if (node.msg !== undefined) run.maybe(() => evaluate(run, node.msg as ast.Expr));
      return "next";
    case "If":
      return executeIf(run, node);
    case "For":
    case "AsyncFor":
    case "While":
      return executeLoop(run, node);
    case "With":
    case "AsyncWith":
      return executeWith(run, node);
    case "Try":
    case "TryStar":
      return executeTry(run, node);
    case "Match":
      return executeMatch(run, node);
    case "FunctionDef":
    case "AsyncFunctionDef":
      defineFunction(run, node);
      return "next";
    case "ClassDef":
      defineClass(run, node);
      return "next";
    case "Import":
      importModules(run, node);
      return "next";
    case "ImportFrom":
      importFrom(run, node);
      return "next";
    case "TypeAlias":
      bindName(run, node.name.id, run.at(node, { type: "typing.TypeAliasType", mutable: false }), node.name);
      return "next";
    case "Global":
    case "Nonlocal":
    case "Pass":
      return "next";
    case "Break":
    case "Continue":
      return "next";
    case "Invalid":
      return "next";
  }
}

/** A statement that is too deep to follow: every name in it is read, bound and changed. */
function assumeStatement(run: Interpreter, node: ast.Stmt): Flow {
  const why = "nested too deeply to follow";
  const binds = boundNames([node]);
  run.maybe(() => {
    for (const name of mentionedNames([node])) {
      const { frame, binding } = resolve(run, name);
      if (binding === undefined || frame !== run.module) continue;
      readGlobal(run, name, { path: [], span: node, along: nothing, value: binding.value });
      change(run, binding.value, { path: [], span: node, base: name, must: false, deep: true, views: true, why });
      assumeFunctions(run, functionsIn(run, binding.value), node, why);
    }
  });
  for (const name of binds) {
    const before = resolve(run, name).binding?.value ?? nothing;
    bindName(run, name, union(before, run.at(node, { mutable: true })), node);
  }
  return "next";
}

const leaving = new Set(["sys.exit", "os._exit", "builtins.exit", "builtins.quit"]);

function leaves(run: Interpreter, value: ast.Expr): boolean {
  if (value.type !== "Call" || value.func.type !== "Attribute" || value.func.value.type !== "Name") return false;
  const [object] = resolve(run, value.func.value.id).binding?.value ?? [];
  return object?.qualified !== undefined && leaving.has(`${object.qualified}.${value.func.attr.name}`);
}

function executeAugmented(run: Interpreter, node: ast.AugAssign): void {
  const { target } = node;
  const path = follow(run, target);
  readPath(run, path, target);
  const value = evaluate(run, node.value);
  const operator = operators[node.op] ?? "";
  const own = ask(run, path.value, [`__i${operator}__`], { ...noArguments, positional: [value] }, node);
  const made = own ?? operate(run, node, path.value, value);
  const kept = unaugmented(path.value, made);
  if ([...path.value].some(({ mutable }) => mutable)) {
    for (const object of path.value) {
      if (object.type === "builtins.list") run.heap.hold(object, "*", elementsOf(run, value, node.value), run.now);
    }
    const isKnown = [...path.value].every(({ type }) => type !== undefined);
    change(run, path.value, {
      path: path.path,
      span: target,
      base: path.name,
      must: isKnown,
      deep: false,
      views: true,
      why: isKnown ? undefined : `${node.op}= changes it in place where its type can`,
    });
  }
  assign(run, target, kept);
}

function executeDelete(run: Interpreter, target: ast.Expr): void {
  if (target.type === "Name") {
    deleteName(run, target.id, target);
    return;
  }
  if (target.type === "Tuple" || target.type === "List") {
    for (const elt of target.elts) executeDelete(run, elt);
    return;
  }
  if (target.type !== "Attribute" && target.type !== "Subscript") {
    evaluate(run, target);
    return;
  }
  const base = follow(run, target.value);
  readPath(run, base, target.value);
  const key = target.type === "Subscript" ? evaluate(run, target.slice) : nothing;
  const step =
    target.type === "Attribute"
      ? { kind: "attribute" as const, name: target.attr.name }
      : stepTo(run, base.value, target.slice, key);
  if (target.type === "Subscript") {
    ask(run, base.value, ["__delitem__"], { ...noArguments, positional: [key] }, target);
  } else ask(run, base.value, [`${target.attr.name} deleter`, "__delattr__"], noArguments, target);
  change(run, base.value, {
    path: [...base.path, step],
    step,
    span: target,
    base: base.name ?? baseOf(run, base.value),
    must: true,
    deep: false,
    views: false,
    kind: "delete",
  });
}

function executeWith(run: Interpreter, node: ast.With): Flow {
  const contexts = node.items.map((item) => {
    const context = evaluate(run, item.context_expr);
    const entered = ask(run, context, ["__enter__", "__aenter__"], noArguments, item) ?? context;
    if (item.optional_vars !== undefined) assign(run, item.optional_vars, entered);
    return { context, item };
  });
  const restored = contexts.flatMap(({ context }) => streamsRestoredBy(run, context));
  const before = restored.map((stream) => ({ stream, use: run.randomStreams.useOf(stream) }));
  const flow = executeBlock(run, node.body);
  for (const { stream, use } of before) run.randomStreams.set(stream, use);
  for (const { context, item } of contexts.reverse()) {
    ask(run, context, ["__exit__", "__aexit__"], noArguments, item);
  }
  return flow;
}

/** `with torch.random.fork_rng():`. */
function streamsRestoredBy(run: Interpreter, context: Value): readonly RandomStream[] {
  const [one, ...others] = context;
  const stream = one?.type === undefined || others.length > 0 ? undefined : run.catalog.type(one.type)?.restores;
  return stream === undefined ? [] : [stream];
}

function executeIf(run: Interpreter, node: ast.If): Flow {
  evaluate(run, node.test);
  const decided = decidedTest(node.test, run.frame.root !== run.module);
  if (decided !== undefined) return executeBlock(run, decided ? node.body : node.orelse);
  return run.branches([() => executeBlock(run, node.body), () => executeBlock(run, node.orelse)]);
}

function executeTry(run: Interpreter, node: ast.Try): Flow {
  run.tries++;
  let flow: Flow;
  try {
    flow = run.branches([
      () => {
        const body = executeBlock(run, node.body);
        return body === "left" ? body : executeBlock(run, node.orelse);
      },
      ...node.handlers.map((handler) => ([body]: readonly PathEnd[]) => {
        if (body !== undefined) run.mayFollow(body);
        return executeHandler(run, handler);
      }),
    ]);
  } finally {
    run.tries--;
  }
  const last = executeBlock(run, node.finalbody);
  return flow === "left" ? flow : last;
}

/** A handler runs after any part of the body: what the body binds may be bound. */
function executeHandler(run: Interpreter, handler: ast.ExceptHandler): Flow {
  if (handler.exceptionType !== undefined) evaluate(run, handler.exceptionType);
  if (handler.name !== undefined) {
    bindName(run, handler.name.name, run.at(handler, { mutable: true }), handler.name);
  }
  const flow = executeBlock(run, handler.body);
  if (handler.name !== undefined) resolve(run, handler.name.name).frame.layer.delete(handler.name.name);
  return flow;
}
