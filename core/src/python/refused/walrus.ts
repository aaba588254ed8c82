import type { Expr, SyntaxProblem } from "../ast.ts";
import { allArguments } from "../scope-reader.ts";
import type { TypedNode } from "../walk.ts";
import type { Place } from "./place.ts";
import { problem } from "./problem.ts";

/** Walruses without the parentheses that they need, and those that would bind what a comprehension keeps for itself. */
export function* walrusProblems(node: TypedNode, place: Place, text: string): Iterable<SyntaxProblem> {
  for (const value of parenthesised(node)) {
    if (value?.type === "NamedExpr" && !isInParentheses(value, text))
      yield problem(value, "an assignment expression needs parentheses here");
  }
  if (node.type !== "NamedExpr") return;
  const { id } = node.target;
  if (place.isIterable)
    yield problem(node, "assignment expression cannot be used in a comprehension iterable expression");
  else if (place.iterated.has(id))
    yield problem(node, `assignment expression cannot rebind comprehension iteration variable '${id}'`);
  else if (place.bindsInClass && place.block === "comprehension")
    yield problem(node, "assignment expression within a comprehension cannot be used in a class body");
}

/** The parts of a node that a walrus can only be in parentheses. */
function parenthesised(node: TypedNode): readonly (Expr | undefined)[] {
  switch (node.type) {
    case "Expr":
    case "Assign":
    case "AugAssign":
    case "AnnAssign":
      return [node.value];
    case "Assert":
      return [node.test, node.msg];
    case "Call":
    case "ClassDef":
      return node.keywords.map(({ value }) => value);
    case "Dict":
      return [...node.keys, ...node.values];
    case "Lambda":
      return [node.body, ...allArguments(node.args).map((arg) => arg.default)];
    case "FunctionDef":
    case "AsyncFunctionDef":
      return allArguments(node.args).map((arg) => arg.default);
    default:
      return [];
  }
}

function isInParentheses({ start }: Expr, text: string): boolean {
  return /\(\s*$/.test(text.slice(Math.max(0, start - 50), start));
}
