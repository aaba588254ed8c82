import { append } from "../../text/append.ts";
import type { Module, SyntaxProblem } from "../ast.ts";
import { withLineFeeds } from "../line-feeds.ts";
import { declarationProblems } from "../scopes.ts";
import type { TypedNode } from "../walk.ts";
import { callProblems } from "./calls.ts";
import { characterProblems } from "./characters.ts";
import { definitionProblems } from "./definitions.ts";
import { indentationProblems } from "./indentation.ts";
import { lineEndProblems } from "./line-ends.ts";
import { literalProblems } from "./literals.ts";
import { patternProblems } from "./patterns.ts";
import { around, below, type Place, topLevel } from "./place.ts";
import { placeProblems } from "./places.ts";
import { targetProblems } from "./targets.ts";
import { typeParameterProblems } from "./type-parameters.ts";
import { walrusProblems } from "./walrus.ts";

/** What one kind of check says of a node. */
type Check = (node: TypedNode, place: Place, text: string) => Iterable<SyntaxProblem>;

const functions = ["FunctionDef", "AsyncFunctionDef", "Lambda"] as const;
const comprehensions = ["ListComp", "SetComp", "DictComp", "GeneratorExp"] as const;

/** Every check, with the nodes that it says something of: most nodes are names, of which none does. */
const checks: readonly (readonly [check: Check, types: readonly TypedNode["type"][]])[] = [
  [
    placeProblems,
    [
      ...["Return", "Break", "Continue", "Yield", "YieldFrom", "Await", "AsyncFor", "AsyncWith"],
      ...["ListComp", "SetComp", "DictComp", "AsyncFunctionDef", "ImportFrom", "Try", "TryStar"],
    ] as TypedNode["type"][],
  ],
  [
    targetProblems,
    [
      ...["Assign", "For", "AsyncFor", "With", "AsyncWith", "AugAssign", "AnnAssign", "NamedExpr", "Delete"],
      ...["ClassDef", "Import", "ImportFrom", "Try", "TryStar", "Expr", "JoinedStr", "Dict", "Return", "Yield"],
      ...functions,
      ...comprehensions,
    ] as TypedNode["type"][],
  ],
  [
    lineEndProblems,
    [
      ...["Assign", "AugAssign", "AnnAssign", "Expr", "Return", "Delete", "Raise", "Assert", "Import", "ImportFrom"],
      ...["Global", "Nonlocal", "TypeAlias"],
    ] as TypedNode["type"][],
  ],
  [definitionProblems, functions],
  [callProblems, ["Call", "ClassDef"]],
  [patternProblems, ["Match", "MatchOr", "MatchSequence", "MatchClass", "MatchAs", "MatchMapping", "MatchValue"]],
  [literalProblems, ["Constant"]],
  [typeParameterProblems, ["FunctionDef", "AsyncFunctionDef", "ClassDef", "TypeAlias"]],
  [
    walrusProblems,
    ["NamedExpr", "Expr", "Assign", "AugAssign", "AnnAssign", "Assert", "Call", "ClassDef", "Dict", ...functions],
  ],
];

const byType = new Map<TypedNode["type"], Check[]>();
for (const [check, types] of checks) for (const type of types) append(byType, type, check);

const none: readonly Check[] = [];

/**
 * What CPython's compiler refuses of a module that the grammar here takes: code whose form is right and which still is
 * no Python (`return` outside a function, two parameters of one name, blocks that are not indented). In the order of the
 * text. As IPython does, each top-level statement is compiled alone, and may wait (`await`). Uses no recursion.
 */
export function compileProblems(module: Module, written: string): readonly SyntaxProblem[] {
  const text = withLineFeeds(written);
  const problems = [...indentationProblems(text), ...characterProblems(text)];
  const declares = /\b(?:global|nonlocal)\b/.test(text);
  for (const statement of module.body) {
    if (declares) problems.push(...declarationProblems(statement));
    const waiting: { node: TypedNode; place: Place }[] = [{ node: statement, place: topLevel }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { node, place } = next;
      for (const check of byType.get(node.type) ?? none) problems.push(...check(node, place, text));
      for (const inside of below(node)) waiting.push({ node: inside.node, place: around(place, inside) });
    }
  }
  return problems.sort((one, other) => one.start - other.start);
}
