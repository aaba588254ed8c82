import type { Expr, SyntaxProblem, TypeParam } from "../ast.ts";
import { allArguments } from "../scope-reader.ts";
import { children, type TypedNode } from "../walk.ts";
import type { Place } from "./place.ts";
import { problem } from "./problem.ts";

/** Type parameters that nothing can have, and what cannot be computed in the blocks that they and type aliases are. */
export function* typeParameterProblems(node: TypedNode, _place: Place, text: string): Iterable<SyntaxProblem> {
  if (node.type === "TypeAlias") yield* computed([node.value], "a type alias");
  if (!("type_params" in node) || node.type_params.length === 0) return;
  yield* listProblems(node.type_params, text);
  for (const { bound, default_value } of node.type_params) {
    if (bound !== undefined) yield* computed([bound], "a TypeVar bound");
    if (default_value !== undefined) yield* computed([default_value], "a TypeVar default");
  }
  if (node.type === "ClassDef")
    yield* computed([...node.bases, ...node.keywords.map(({ value }) => value)], "the definition of a generic");
  if (node.type === "FunctionDef" || node.type === "AsyncFunctionDef") {
    const annotations = [...allArguments(node.args).map(({ annotation }) => annotation), node.returns];
    yield* computed(
      annotations.filter((one) => one !== undefined),
      "the definition of a generic",
    );
  }
}

function* listProblems(parameters: readonly TypeParam[], text: string): Iterable<SyntaxProblem> {
  const known = new Set<string>();
  let withDefault = false;
  for (const parameter of parameters) {
    const { name, bound, default_value } = parameter;
    const isStarred = text[parameter.start] === "*";
    const isSpecification = text.startsWith("**", parameter.start);
    if (known.has(name.name)) yield problem(name, `duplicate type parameter '${name.name}'`);
    known.add(name.name);
    if (isStarred && bound !== undefined)
      yield problem(bound, `cannot use bound with ${isSpecification ? "ParamSpec" : "TypeVarTuple"}`);
    if (default_value?.type === "Starred" && (!isStarred || isSpecification))
      yield problem(default_value, "only the default of a TypeVarTuple can have a star");
    if (withDefault && default_value === undefined)
      yield problem(parameter, `non-default type parameter '${name.name}' follows default type parameter`);
    withDefault ||= default_value !== undefined;
  }
}

const nouns: Readonly<Partial<Record<TypedNode["type"], string>>> = {
  NamedExpr: "named expression",
  Yield: "yield expression",
  YieldFrom: "yield expression",
  Await: "await expression",
};

/** What has no place in a block that Python computes later; a lambda in it is a block of its own. */
function* computed(values: readonly Expr[], where: string): Iterable<SyntaxProblem> {
  const waiting: TypedNode[] = [...values];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const noun = nouns[next.type];
    if (noun !== undefined) yield problem(next, `${noun} cannot be used within ${where}`);
    if (next.type !== "Lambda") waiting.push(...children(next));
  }
}
