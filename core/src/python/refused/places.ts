import type { FunctionDef, Stmt, SyntaxProblem } from "../ast.ts";
import { type TypedNode, walk } from "../walk.ts";
import type { Place } from "./place.ts";
import { problem } from "./problem.ts";

/** Statements and expressions where they cannot stand: `return` outside a function, `break` outside a loop. */
export function* placeProblems(node: TypedNode, place: Place): Iterable<SyntaxProblem> {
  switch (node.type) {
    case "Return":
      if (place.block !== "function") yield problem(node, "'return' outside function");
      else if (place.cannotReturn) yield problem(node, inStarHandler);
      break;
    case "Break":
    case "Continue":
      if (place.isInStarHandler) yield problem(node, inStarHandler);
      else if (!place.isInLoop)
        yield problem(node, node.type === "Break" ? "'break' outside loop" : "'continue' not properly in loop");
      break;
    case "Yield":
    case "YieldFrom":
      if (place.block === "comprehension") yield problem(node, "'yield' inside a comprehension");
      else if (place.block === "module" || place.block === "class") yield problem(node, "'yield' outside function");
      else if (node.type === "YieldFrom" && place.function?.type === "AsyncFunctionDef")
        yield problem(node, "'yield from' inside async function");
      break;
    case "Await":
      if (!place.isAsync) yield problem(node, "'await' outside async function");
      break;
    case "AsyncFor":
    case "AsyncWith":
      if (!place.isAsync)
        yield problem(node, `'${node.type === "AsyncFor" ? "async for" : "async with"}' outside async function`);
      break;
    case "ListComp":
    case "SetComp":
    case "DictComp":
      if (!place.isAsync && node.generators.some(({ is_async }) => is_async))
        yield problem(node, "asynchronous comprehension outside of an asynchronous function");
      break;
    case "AsyncFunctionDef":
      yield* asyncGeneratorProblems(node);
      break;
    case "ImportFrom":
      if (place.block !== "module" && node.names.some(({ name }) => name === "*"))
        yield problem(node, "import * only allowed at module level");
      if (node.module === "__future__" && node.level === 0) yield* futureProblems(node, place);
      break;
    case "Try":
    case "TryStar":
      yield* handlerProblems(node);
      break;
  }
}

const inStarHandler = "'break', 'continue' and 'return' cannot appear in an except* block";

function* handlerProblems(node: Extract<Stmt, { type: "Try" | "TryStar" }>): Iterable<SyntaxProblem> {
  const { handlers } = node;
  if (handlers.length === 0 && node.finalbody.length === 0) yield problem(node, "expected 'except' or 'finally' block");
  for (const [at, handler] of handlers.entries()) {
    if (handler.exceptionType !== undefined) continue;
    if (node.type === "TryStar") yield problem(handler, "expected one or more exception types");
    else if (at < handlers.length - 1) yield problem(handler, "default 'except:' must be last");
  }
}

/** https://docs.python.org/3/library/__future__.html */
const features = new Set(
  "nested_scopes generators division absolute_import with_statement print_function unicode_literals barry_as_FLUFL generator_stop annotations".split(
    " ",
  ),
);

function* futureProblems(node: Extract<Stmt, { type: "ImportFrom" }>, place: Place): Iterable<SyntaxProblem> {
  if (place.block !== "module") yield problem(node, "from __future__ imports must occur at the beginning of the file");
  for (const alias of node.names) {
    if (!features.has(alias.name)) yield problem(alias, `future feature ${alias.name} is not defined`);
  }
}

/** A generator that waits gives nothing back. */
function* asyncGeneratorProblems(node: FunctionDef): Iterable<SyntaxProblem> {
  const own = ownStatements(node);
  if (!own.some(({ type }) => type === "Yield")) return;
  for (const one of own) {
    if (one.type === "Return" && one.value !== undefined) yield problem(one, "'return' with value in async generator");
  }
}

/** What stands in a function's body and in no block inside of it. */
function ownStatements(node: FunctionDef): readonly TypedNode[] {
  const found: TypedNode[] = [];
  let skipBelow = Number.POSITIVE_INFINITY;
  for (const { node: one, depth } of node.body.flatMap((statement) => walk(statement))) {
    if (depth > skipBelow) continue;
    skipBelow = Number.POSITIVE_INFINITY;
    if (/^(?:FunctionDef|AsyncFunctionDef|ClassDef|Lambda)$/.test(one.type)) skipBelow = depth;
    else found.push(one);
  }
  return found;
}
