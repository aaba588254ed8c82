import type { Arguments, SyntaxProblem } from "../ast.ts";
import { allArguments } from "../scope-reader.ts";
import type { TypedNode } from "../walk.ts";
import { problem } from "./problem.ts";

/** Parameters that no function can have: two of one name, one without a default behind one with. */
export function* definitionProblems(node: TypedNode): Iterable<SyntaxProblem> {
  if (node.type !== "FunctionDef" && node.type !== "AsyncFunctionDef" && node.type !== "Lambda") return;
  const { args } = node;
  const known = new Set<string>();
  for (const { arg } of allArguments(args)) {
    if (known.has(arg.name)) yield problem(arg, `duplicate argument '${arg.name}' in function definition`);
    known.add(arg.name);
  }
  yield* orderProblems(args);
}

function* orderProblems({ posonlyargs, args, vararg, kwonlyargs, kwarg }: Arguments): Iterable<SyntaxProblem> {
  const positional = [...posonlyargs, ...args];
  const first = positional.findIndex(({ default: value }) => value !== undefined);
  const bare = first === -1 ? undefined : positional.slice(first).find(({ default: value }) => value === undefined);
  if (bare !== undefined) yield problem(bare, "parameter without a default follows parameter with a default");
  const behind = [...positional, ...(vararg ? [vararg] : []), ...kwonlyargs].find(
    ({ start }) => kwarg !== undefined && start > kwarg.start,
  );
  if (behind !== undefined) yield problem(behind, "arguments cannot follow var-keyword argument");
}
