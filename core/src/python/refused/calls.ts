import type { Expr, Keyword, SyntaxProblem } from "../ast.ts";
import type { TypedNode } from "../walk.ts";
import { problem } from "./problem.ts";

/** Arguments that no call can have: a keyword twice, a positional one behind a keyword. */
export function* callProblems(node: TypedNode): Iterable<SyntaxProblem> {
  if (node.type === "Call") yield* argumentProblems(node.args, node.keywords);
  if (node.type === "ClassDef") yield* argumentProblems(node.bases, node.keywords);
}

function* argumentProblems(args: readonly Expr[], keywords: readonly Keyword[]): Iterable<SyntaxProblem> {
  const known = new Set<string>();
  for (const { arg } of keywords) {
    if (arg === undefined) continue;
    if (known.has(arg.name)) yield problem(arg, `keyword argument repeated: ${arg.name}`);
    if (arg.name === "__debug__") yield problem(arg, "cannot assign to __debug__");
    known.add(arg.name);
  }
  const firstNamed = keywords.find(({ arg }) => arg !== undefined)?.start ?? Number.POSITIVE_INFINITY;
  const firstDoubled = keywords.find(({ arg }) => arg === undefined)?.start ?? Number.POSITIVE_INFINITY;
  for (const arg of args) {
    if (arg.start > firstDoubled)
      yield problem(
        arg,
        arg.type === "Starred"
          ? "iterable argument unpacking follows keyword argument unpacking"
          : "positional argument follows keyword argument unpacking",
      );
    else if (arg.start > firstNamed && arg.type !== "Starred")
      yield problem(arg, "positional argument follows keyword argument");
  }
}
