import type * as ast from "../../python/ast.ts";
import { assumeFunctions, functionsIn } from "../calls/assumed-functions.ts";
import { evaluateCall } from "../calls/call.ts";
import { wordsOf } from "../calls/code-text.ts";
import { awaited } from "../calls/coroutines.ts";
import { makeFunction } from "../calls/make-function.ts";
import { ask, askForText } from "../calls/protocols.ts";
import { noArguments } from "../calls/returned.ts";
import type { Interpreter } from "../interpreter.ts";
import { Frame } from "../names/frame.ts";
import { mentionedNames } from "../names/local-names.ts";
import { bindName, readGlobal, resolve } from "../names/names.ts";
import { isNamespace, namesFor, readNames } from "../names/namespace.ts";
import { follow, readPath } from "../objects/access-path.ts";
import { contentsOf, elementsOf } from "../objects/items.ts";
import { isIterator } from "../objects/objects.ts";
import { constantOf, nothing, union, type Value } from "../objects/value.ts";
import { assign } from "./assign.ts";
import { postpone } from "./changes.ts";
import { askComparing, likeOperands, operate, unary } from "./operators.ts";

/** What an expression denotes; notes everything that evaluating it reads and changes. */
export function evaluate(run: Interpreter, node: ast.Expr): Value {
  if (run.isTooDeep) return assumeRead(run, node);
  run.depth++;
  try {
    return evaluateNode(run, node);
  } finally {
    run.depth--;
  }
}

/** An expression that is too deep to follow: all its names are read, and what it denotes may hold them. */
function assumeRead(run: Interpreter, node: ast.Expr): Value {
  const held: Value[] = [];
  for (const name of mentionedNames([node])) {
    const { frame, binding } = resolve(run, name);
    const value = binding?.value ?? nothing;
    if (frame === run.module) readGlobal(run, name, { path: [], span: node, along: nothing, value });
    held.push(value);
  }
  assumeFunctions(run, functionsIn(run, union(...held)), run.spanOf(node), "nested too deeply to follow");
  const result = run.at(node, { mutable: true });
  for (const object of result) {
    for (const other of union(...held)) if (other.mutable) run.heap.share(object, other, run.now);
  }
  return result;
}

function evaluateNode(run: Interpreter, node: ast.Expr): Value {
  switch (node.type) {
    case "Constant":
      if (typeof node.value === "string") noteText(run, node.value);
      return run.at(node, { type: constantType(node.kind), mutable: false, constant: foldable(node) });
    case "Name":
    case "Attribute":
    case "Subscript": {
      const path = follow(run, node);
      readPath(run, path, node);
      return path.value;
    }
    case "Call":
      return evaluateCall(run, node);
    case "BinOp":
      return evaluateBinary(run, node);
    case "BoolOp":
      return union(
        ...node.values.map((value, at) => (at === 0 ? evaluate(run, value) : run.maybe(() => evaluate(run, value)))),
      );
    case "UnaryOp":
      return evaluateUnary(run, node);
    case "Compare":
      return evaluateComparison(run, node);
    case "NamedExpr": {
      const value = evaluate(run, node.value);
      bindName(run, node.target.id, value, node.target);
      return value;
    }
    case "IfExp":
      evaluate(run, node.test);
      return union(
        run.maybe(() => evaluate(run, node.body)),
        run.maybe(() => evaluate(run, node.orelse)),
      );
    case "Lambda":
      return makeFunction(run, node);
    case "List":
    case "Tuple":
    case "Set":
      return evaluateDisplay(run, node);
    case "Dict":
      return evaluateDict(run, node);
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
    case "DictComp":
      return evaluateComprehension(run, node);
    case "JoinedStr":
    case "TemplateStr":
      return evaluateFormatted(run, node);
    case "Await":
      return awaited(run, evaluate(run, node.value), node);
    case "YieldFrom":
    case "Yield":
      return evaluateYield(run, node);
    case "Starred":
      return evaluate(run, node.value);
    case "Slice":
      for (const part of [node.lower, node.upper, node.step]) if (part !== undefined) evaluate(run, part);
      return run.at(node, { type: "builtins.slice", mutable: false });
    case "InvalidExpr":
      return evaluateParts(run, node);
  }
}

function evaluateUnary(run: Interpreter, node: ast.UnaryOp): Value {
  const operand = evaluate(run, node.operand);
  const constant = constantOf(operand);
  if (node.op === "-" && typeof constant === "number") {
    return run.at(node, { type: "builtins.int", mutable: false, constant: -constant });
  }
  if (node.op === "not") {
    ask(run, operand, ["__bool__", "__len__"], noArguments, node);
    return run.at(node, { type: "builtins.bool", mutable: false });
  }
  return ask(run, operand, [unary[node.op]], noArguments, node) ?? likeOperands(run, node, [operand]);
}

function evaluateComparison(run: Interpreter, node: ast.Compare): Value {
  const present = askedNames(run, node);
  if (present !== undefined) return present;
  const operands = [node.left, ...node.comparators].map((operand) => evaluate(run, operand));
  askComparing(run, node, operands);
  goThroughAsked(run, node, operands);
  const types = operands.flatMap((operand) => [...operand].map(({ type }) => type));
  const isPlain = node.ops.every((op) => op === "is" || op === "is not" || op === "in" || op === "not in");
  if (isPlain || types.every((type) => type !== undefined && run.catalog.isImmutable(type))) {
    return run.at(node, { type: "builtins.bool", mutable: false });
  }
  return likeOperands(run, node, operands);
}

/** `x in rows` takes from an iterator until it comes to `x`. */
function goThroughAsked(run: Interpreter, node: ast.Compare, operands: readonly Value[]): void {
  node.ops.forEach((op, at) => {
    const asked = op === "in" || op === "not in" ? operands[at + 1] : undefined;
    const iterators = [...(asked ?? nothing)].filter(isIterator);
    if (iterators.length > 0) elementsOf(run, new Set(iterators), node);
  });
}

function evaluateYield(run: Interpreter, node: Extract<ast.Expr, { type: "Yield" | "YieldFrom" | "Await" }>): Value {
  const value = node.value === undefined ? nothing : evaluate(run, node.value);
  const frame = functionFrame(run.frame);
  frame.isGenerator = true;
  frame.yielded = union(frame.yielded, node.type === "YieldFrom" ? elementsOf(run, value, node) : value);
  return run.at(node, { mutable: true });
}

/** What could not be read as an expression: whatever it is, it may hold what its parts denote. */
function evaluateParts(run: Interpreter, node: ast.InvalidExpr): Value {
  const parts = node.parts.map((part) => evaluate(run, part));
  const result = run.at(node, { mutable: true });
  for (const object of result) run.heap.hold(object, "*", union(...parts), run.now);
  return result;
}

/** `"x" in globals()`: `x` alone is asked for. */
function askedNames(run: Interpreter, node: ast.Compare): Value | undefined {
  const [namespace] = node.comparators;
  if (namespace === undefined || node.comparators.length > 1 || !isNamespace(run, namespace)) return undefined;
  if (node.ops[0] !== "in" && node.ops[0] !== "not in") return undefined;
  const names = namesFor(evaluate(run, node.left));
  if (names === undefined) return undefined;
  readNames(run, names, node, true);
  return run.at(node, { type: "builtins.bool", mutable: false });
}

/** Binary operators nest to the left as long as the text does: followed in a loop. */
function evaluateBinary(run: Interpreter, node: ast.BinOp): Value {
  const chain = [node];
  for (let left = node.left; left.type === "BinOp"; left = left.left) chain.push(left);
  let value = evaluate(run, (chain.at(-1) as ast.BinOp).left);
  for (const one of chain.reverse()) value = operate(run, one, value, evaluate(run, one.right));
  return value;
}

function evaluateDisplay(run: Interpreter, node: ast.Display): Value {
  const type = { List: "builtins.list", Tuple: "builtins.tuple", Set: "builtins.set" }[node.type];
  const made = run.at(node, { type, mutable: node.type !== "Tuple" });
  let isOpen = node.type === "Set" || node.elts.length > 200;
  node.elts.forEach((elt, at) => {
    const isStarred = elt.type === "Starred";
    isOpen ||= isStarred;
    const value = isStarred ? elementsOf(run, evaluate(run, elt.value), elt) : evaluate(run, elt);
    for (const object of made) run.heap.hold(object, isOpen ? "*" : `[${at}`, value, run.now);
  });
  return made;
}

function evaluateDict(run: Interpreter, node: ast.Dict): Value {
  const made = run.at(node, { type: "builtins.dict" });
  node.values.forEach((valueNode, at) => {
    const keyNode = node.keys[at];
    const key = keyNode === undefined ? undefined : constantOf(evaluate(run, keyNode));
    const value = evaluate(run, valueNode);
    const isPlain = typeof key === "string" || typeof key === "number";
    for (const object of made) {
      if (keyNode === undefined) run.heap.hold(object, "*", contentsOf(run, value, valueNode), run.now);
      else run.heap.hold(object, isPlain ? `[${key}` : "*", value, run.now);
    }
  });
  return made;
}

function evaluateComprehension(run: Interpreter, node: ast.Comp | ast.DictComp): Value {
  const type = {
    ListComp: "builtins.list",
    SetComp: "builtins.set",
    DictComp: "builtins.dict",
    GeneratorExp: "types.GeneratorType",
  }[node.type];
  const made = run.at(node, { type });
  const targets = new Set(node.generators.flatMap(({ target }) => [...mentionedNames([target])]));
  const around = run.frame;
  const firstIter = node.generators[0]?.iter;
  const first = firstIter === undefined ? nothing : evaluate(run, firstIter);
  const go = () =>
    run.within(new Frame("comprehension", around, around.context, { locals: targets }), () =>
      run.maybe(() => {
        node.generators.forEach((generator, at) => {
          const iter = at === 0 ? first : evaluate(run, generator.iter);
          assign(run, generator.target, elementsOf(run, iter, generator));
          for (const test of generator.ifs) evaluate(run, test);
        });
        if (node.type === "DictComp") evaluate(run, node.key);
        const value = evaluate(run, node.type === "DictComp" ? node.value : node.elt);
        for (const object of made) run.heap.hold(object, "*", value, run.now);
      }),
    );
  go();
  if (node.type === "GeneratorExp") {
    for (const object of made) {
      run.heap.hold(object, "~", first, run.now);
      postpone(run, object, go);
    }
  }
  return made;
}

function evaluateFormatted(run: Interpreter, node: ast.JoinedStr): Value {
  let text: string | undefined = "";
  for (const part of node.values) {
    if (part.type === "Constant") {
      noteText(run, String(part.value));
      text = text === undefined ? undefined : text + String(part.value);
      continue;
    }
    const value = evaluate(run, part.value);
    askForText(run, value, part);
    const constant = constantOf(value);
    if (part.format_spec !== undefined) evaluate(run, part.format_spec);
    const isPlain = part.format_spec === undefined && part.conversion === undefined;
    text =
      text === undefined || !isPlain || (typeof constant !== "string" && typeof constant !== "number")
        ? undefined
        : text + constant;
  }
  if (node.type === "TemplateStr") return run.at(node, { type: "string.templatelib.Template", mutable: false });
  return run.at(node, { type: "builtins.str", mutable: false, constant: text });
}

function noteText(run: Interpreter, text: string): void {
  for (const word of wordsOf(text)) run.addWord(word);
}

function functionFrame(frame: Frame): Frame {
  let one = frame;
  while (one.kind === "comprehension" && one.parent !== undefined) one = one.parent;
  return one;
}

function constantType(kind: ast.Constant["kind"]): string {
  return kind === "none" ? "builtins.NoneType" : `builtins.${kind}`;
}

function foldable(node: ast.Constant) {
  return node.kind === "bytes" || node.kind === "complex" || node.kind === "ellipsis" ? undefined : node.value;
}
