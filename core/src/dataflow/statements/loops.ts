import type * as ast from "../../python/ast.ts";
import type { Flow, Interpreter } from "../interpreter.ts";
import { mentionedNames } from "../names/local-names.ts";
import { resolve } from "../names/names.ts";
import { elementsOf } from "../objects/items.ts";
import type { Value } from "../objects/value.ts";
import { assign } from "./assign.ts";
import { change } from "./changes.ts";
import { evaluate } from "./evaluate.ts";
import { executeBlock } from "./execute.ts";

/** Literal lists up to this length are gone through element by element. */
const longestUnrolled = 12;

/** How often a loop is repeated until nothing new comes of it. */
const mostRounds = 8;

/** Runs a loop: item by item over a short list that stands there, otherwise as one that may run any number of times. */
export function executeLoop(run: Interpreter, node: ast.For | ast.While): Flow {
  if (node.type === "While") return executeWhile(run, node);
  const { iter } = node;
  if ((iter.type === "List" || iter.type === "Tuple") && isUnrollable(iter.elts)) {
    const values = iter.elts.map((elt) => evaluate(run, elt));
    return unroll(run, node, values);
  }
  const elements = elementsOf(run, evaluate(run, iter), iter);
  return repeat(run, node, isNonEmpty(run, iter), () => {
    assign(run, node.target, elements.size > 0 ? elements : run.at(node, { mutable: true }));
  });
}

/** Calls that give as many elements as their first argument has. */
const asMany: ReadonlySet<string> = new Set(["enumerate", "reversed", "sorted", "list", "tuple"]);

/** Whether the text says that there is something to loop over: `range(3)`, `enumerate("abc")`. A variable may be set otherwise. */
function isNonEmpty(run: Interpreter, iter: ast.Expr): boolean {
  if (iter.type === "List" || iter.type === "Tuple" || iter.type === "Set")
    return iter.elts.some(({ type }) => type !== "Starred");
  if (iter.type === "Constant") return typeof iter.value === "string" && iter.value !== "";
  if (iter.type !== "Call" || iter.func.type !== "Name" || resolve(run, iter.func.id).binding !== undefined)
    return false;
  const [first, second] = iter.args;
  if (first === undefined) return false;
  if (iter.func.id !== "range") return asMany.has(iter.func.id) && isNonEmpty(run, first);
  if (second === undefined) return numberOf(first) > 0;
  return iter.args.length === 2 && numberOf(first) < numberOf(second);
}

function numberOf(node: ast.Expr): number {
  return node.type === "Constant" && typeof node.value === "number" ? node.value : Number.NaN;
}

function isUnrollable(elts: readonly ast.Expr[]): boolean {
  return elts.length > 0 && elts.length <= longestUnrolled && elts.every(({ type }) => type !== "Starred");
}

/** Every element in turn: what is done to one of them is told apart from what is done to the others. */
function unroll(run: Interpreter, node: ast.For, values: readonly Value[]): Flow {
  const mayLeave = canBreak(node.body);
  values.forEach((value, at) => {
    const once = () => {
      assign(run, node.target, value);
      return executeBlock(run, node.body);
    };
    if (at === 0 || !mayLeave) once();
    else run.branches([once, () => "next"]);
  });
  return orElse(run, node, mayLeave);
}

function executeWhile(run: Interpreter, node: ast.While): Flow {
  const isEndless = node.test.type === "Constant" && Boolean(node.test.value);
  evaluate(run, node.test);
  return repeat(run, node, isEndless, (round) => {
    if (round > 0) evaluate(run, node.test);
  });
}

/** The body until nothing changes any more. */
function repeat(run: Interpreter, node: ast.For | ast.While, isEntered: boolean, enter: (round: number) => void): Flow {
  const body = (round: number) => () => {
    enter(round);
    executeBlock(run, node.body);
    return "next" as const;
  };
  const { frame } = run;
  const isOutermost = frame.loops === 0;
  frame.loops++;
  try {
    if (isEntered) body(0)();
    else run.branches([body(0), () => "next"]);
    if (isOutermost) settle(run, node, body);
  } finally {
    frame.loops--;
  }
  return orElse(run, node, canBreak(node.body));
}

/** Repeats until nothing new comes of it. Loops inside are repeated with it, and need not settle by themselves. */
function settle(run: Interpreter, node: ast.For | ast.While, body: (round: number) => () => Flow): void {
  for (let round = 1; round < mostRounds; round++) {
    if (!run.burn()) break;
    const before = run.heap.version;
    const entry = bindingsOf(run, node);
    run.branches([body(round), () => "next"]);
    if (run.heap.version === before && isSame(entry, bindingsOf(run, node))) return;
  }
  assumeRest(run, node);
}

function orElse(run: Interpreter, node: ast.For | ast.While, mayBreak: boolean): Flow {
  if (node.orelse.length === 0) return "next";
  if (!mayBreak) return executeBlock(run, node.orelse);
  run.branches([() => executeBlock(run, node.orelse), () => "next"]);
  return "next";
}

function bindingsOf(run: Interpreter, node: ast.For | ast.While): Map<string, Value> {
  const bindings = new Map<string, Value>();
  for (const name of namesIn(node)) {
    const value = resolve(run, name).binding?.value;
    if (value !== undefined) bindings.set(name, value);
  }
  return bindings;
}

function isSame(before: ReadonlyMap<string, Value>, after: ReadonlyMap<string, Value>): boolean {
  if (before.size !== after.size) return false;
  for (const [name, value] of after) {
    const other = before.get(name);
    if (other === undefined || other.size !== value.size) return false;
    for (const object of value) if (!other.has(object)) return false;
  }
  return true;
}

/** A loop that is not repeated until it stands still: whatever it names may change. */
function assumeRest(run: Interpreter, node: ast.For | ast.While): void {
  run.maybe(() => {
    for (const name of namesIn(node)) {
      const { binding } = resolve(run, name);
      if (binding === undefined) continue;
      const why = "the loop does too much to follow";
      change(run, binding.value, { path: [], span: node, base: name, must: false, deep: true, views: true, why });
    }
  });
}

const names = new WeakMap<object, ReadonlySet<string>>();

function namesIn(node: ast.For | ast.While): ReadonlySet<string> {
  let known = names.get(node);
  if (known === undefined) {
    known = mentionedNames([node]);
    names.set(node, known);
  }
  return known;
}

/** Whether the body may end the loop early: a `break`, `return` or `raise` in it, not counting functions inside. */
function canBreak(body: readonly ast.Stmt[]): boolean {
  const stack = [...body];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    switch (node.type) {
      case "Break":
      case "Return":
      case "Raise":
        return true;
      case "If":
      case "For":
      case "AsyncFor":
      case "While":
        stack.push(...node.body, ...node.orelse);
        break;
      case "With":
      case "AsyncWith":
        stack.push(...node.body);
        break;
      case "Try":
      case "TryStar":
        stack.push(
          ...node.body,
          ...node.orelse,
          ...node.finalbody,
          ...node.handlers.flatMap((handler) => handler.body),
        );
        break;
      case "Match":
        stack.push(...node.cases.flatMap((one) => one.body));
        break;
    }
  }
  return false;
}
