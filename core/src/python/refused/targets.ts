import type { Expr, SyntaxProblem } from "../ast.ts";
import { allArguments } from "../scope-reader.ts";
import type { TypedNode } from "../walk.ts";
import type { Place } from "./place.ts";
import { problem } from "./problem.ts";

/** What cannot be assigned to or deleted: calls, literals, operations, `__debug__`, two starred targets. */
export function* targetProblems(node: TypedNode, _place: Place, text: string): Iterable<SyntaxProblem> {
  switch (node.type) {
    case "Assign":
      for (const target of node.targets) yield* assigned(target);
      break;
    case "For":
    case "AsyncFor":
      yield* assigned(node.target);
      break;
    case "With":
    case "AsyncWith":
      for (const { optional_vars } of node.items) if (optional_vars !== undefined) yield* assigned(optional_vars);
      break;
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp":
      for (const { target } of node.generators) yield* assigned(target);
      break;
    case "AugAssign":
      yield* single(node.target, `'${nounOf(node.target)}' is an illegal expression for augmented assignment`);
      break;
    case "AnnAssign":
      yield* single(node.target, `only single target (not ${nounOf(node.target)}) can be annotated`);
      break;
    case "NamedExpr":
      yield* assigned(node.target);
      break;
    case "Delete":
      for (const target of node.targets) yield* deleted(target);
      break;
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "ClassDef":
      if (node.name.name === debug) yield problem(node.name, `cannot assign to ${debug}`);
      break;
    case "Import":
    case "ImportFrom":
      for (const alias of node.names) {
        if ((alias.asname?.name ?? alias.name) === debug) yield problem(alias, `cannot assign to ${debug}`);
      }
      break;
    case "Try":
    case "TryStar":
      for (const { name } of node.handlers) if (name?.name === debug) yield problem(name, `cannot assign to ${debug}`);
      break;
  }
  if (node.type === "FunctionDef" || node.type === "AsyncFunctionDef" || node.type === "Lambda") {
    for (const { arg } of allArguments(node.args))
      if (arg.name === debug) yield problem(arg, `cannot assign to ${debug}`);
  }
  yield* strayStar(node, text);
}

const debug = "__debug__";

function* assigned(target: Expr): Iterable<SyntaxProblem> {
  if (target.type === "Starred") {
    yield problem(target, "starred assignment target must be in a list or tuple");
    return;
  }
  const waiting: Expr[] = [target];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.type === "Tuple" || next.type === "List") {
      const starred = next.elts.filter(({ type }) => type === "Starred");
      if (starred[1] !== undefined) yield problem(starred[1], "multiple starred expressions in assignment");
      waiting.push(...next.elts.map((elt) => (elt.type === "Starred" ? elt.value : elt)));
    } else yield* place(next, "assign to");
  }
}

function* deleted(target: Expr): Iterable<SyntaxProblem> {
  const waiting: Expr[] = [target];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.type === "Tuple" || next.type === "List") waiting.push(...next.elts);
    else yield* place(next, "delete");
  }
}

function* single(target: Expr, message: string): Iterable<SyntaxProblem> {
  if (target.type === "Tuple" || target.type === "List") yield problem(target, message);
  else yield* place(target, "assign to");
}

/** A name, an attribute or an item. */
function* place(target: Expr, doing: "assign to" | "delete"): Iterable<SyntaxProblem> {
  switch (target.type) {
    case "Name":
      if (target.id === debug) yield problem(target, `cannot ${doing} ${debug}`);
      break;
    case "Attribute":
      if (target.attr.name === debug) yield problem(target, `cannot ${doing} ${debug}`);
      break;
    case "Subscript":
    case "InvalidExpr":
      break;
    default:
      yield problem(target, `cannot ${doing} ${nounOf(target)}`);
  }
}

const nouns: Readonly<Partial<Record<Expr["type"], string>>> = {
  Call: "function call",
  Tuple: "tuple",
  List: "list",
  Dict: "dict literal",
  Set: "set display",
  Lambda: "lambda",
  Compare: "comparison",
  IfExp: "conditional expression",
  ListComp: "list comprehension",
  SetComp: "set comprehension",
  DictComp: "dict comprehension",
  GeneratorExp: "generator expression",
  JoinedStr: "f-string expression",
  NamedExpr: "named expression",
  Await: "await expression",
  Yield: "yield expression",
  Starred: "starred",
};

function nounOf(node: Expr): string {
  if (node.type !== "Constant") return nouns[node.type] ?? "expression";
  if (node.kind === "none") return "None";
  if (node.kind === "bool") return node.value === true ? "True" : "False";
  return node.kind === "ellipsis" ? "ellipsis" : "literal";
}

/** A star in front of what is no element and no argument. */
function* strayStar(node: TypedNode, text: string): Iterable<SyntaxProblem> {
  for (const value of valuesOf(node)) {
    if (value?.type !== "Starred" || text[value.end] === ",") continue;
    yield problem(value, "can't use starred expression here");
  }
}

function valuesOf(node: TypedNode): readonly (Expr | undefined)[] {
  switch (node.type) {
    case "Expr":
    case "Assign":
    case "AugAssign":
    case "NamedExpr":
      return [node.value];
    case "AnnAssign":
      return [node.annotation];
    case "Return":
    case "Yield":
      return [node.value];
    case "For":
    case "AsyncFor":
      return [node.iter];
    case "JoinedStr":
      return node.values.map((part) => (part.type === "FormattedValue" ? part.value : undefined));
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
      return [node.elt];
    case "Dict":
      return node.values;
    default:
      return [];
  }
}
