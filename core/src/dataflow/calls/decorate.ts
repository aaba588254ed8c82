import type * as ast from "../../python/ast.ts";
import type { Interpreter } from "../interpreter.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { union, type Value } from "../objects/value.ts";
import { evaluate } from "../statements/evaluate.ts";
import { callWith } from "./call.ts";
import { noArguments } from "./returned.ts";

/** A decorator with what it is: Python asks for it before it defines anything. */
export interface Decorator {
  readonly node: ast.Expr;
  readonly value: Value;
}

/** The decorators of a function or a class, outermost first. */
export function evaluateDecorators(run: Interpreter, node: ast.FunctionDef | ast.ClassDef): readonly Decorator[] {
  return node.decorator_list.map((decorator) => ({ node: decorator, value: evaluate(run, decorator) }));
}

/**
 * What a name is bound to after its decorators were called, the innermost first: what the notebook's own functions and
 * classes give. A library's decorator (`@functools.wraps(f)`, `@numba.jit`) gives something that is called as what it
 * decorates is.
 */
export function decorate(run: Interpreter, made: Value, decorators: readonly Decorator[]): Value {
  let value = made;
  for (const { node, value: decorator } of decorators.toReversed()) {
    const args = { ...noArguments, positional: [value] };
    const given = [...decorator]
      .filter(isFollowed)
      .map((one) => ({ one, result: callWith(run, callOf(node), one, args) }));
    if (given.some(({ one }) => !isOfLibrary(one)))
      value = union(...given.flatMap(({ one, result }) => (isOfLibrary(one) ? [] : [result])));
  }
  return value;
}

/** Functions, classes, their instances, and methods of an object: `@rows.append`. */
function isFollowed({ callable, classes }: AbstractObject): boolean {
  return callable !== undefined || classes.size > 0;
}

function isOfLibrary({ callable }: AbstractObject): boolean {
  return callable?.kind === "bound" && [...callable.self].every(({ classes }) => classes.size === 0);
}

const calls = new WeakMap<ast.Expr, ast.Call>();

/** The call that a decorator stands for. One for each: what it makes is told apart by it. */
function callOf(decorator: ast.Expr): ast.Call {
  let call = calls.get(decorator);
  if (call === undefined) {
    const { start, end } = decorator;
    call = { type: "Call", func: decorator, args: [], keywords: [], start, end };
    calls.set(decorator, call);
  }
  return call;
}
