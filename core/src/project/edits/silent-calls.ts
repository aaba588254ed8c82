import type { CallSite, NotebookDefinition } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { type TypedNode, walk } from "../../python/walk.ts";
import type { ProjectContext } from "../context.ts";

/** A call of a function of the notebook, or of a method of one of its classes, that returns nothing. */
export function answersNothing({ dataflow }: ProjectContext, value: ast.Expr, calls: readonly CallSite[]): boolean {
  const callee = calls.find(({ node }) => node.start === value.start && node.end === value.end)?.callee;
  const [root, name, method, ...others] = callee?.split(".") ?? [];
  if (root !== "notebook" || others.length > 0) return false;
  const called = dataflow.definitions.filter((each) => each.name === name).map((each) => codeOf(each, method));
  return called.length > 0 && called.every((code) => code !== undefined && returnsNothing(code));
}

/** The function that a definition is, or its method of that name; `undefined` where it is none or has several. */
function codeOf({ node }: NotebookDefinition, method: string | undefined): ast.FunctionDef | undefined {
  if (method === undefined) return node.type === "FunctionDef" ? node : undefined;
  if (node.type !== "ClassDef") return undefined;
  const [own, ...others] = [...walk(node)].map(({ node }) => node).filter((part) => givesName(part, method));
  return others.length === 0 && own?.type === "FunctionDef" ? own : undefined;
}

/** True for what may decide what stands behind that name of a class or of its instances: `def fit(self)`, `self.fit = run`. */
function givesName(node: TypedNode, name: string): boolean {
  if (node.type === "FunctionDef" || node.type === "AsyncFunctionDef" || node.type === "ClassDef")
    return node.name.name === name;
  if (node.type !== "Assign") return false;
  return node.targets.some(
    (target) =>
      (target.type === "Attribute" && target.attr.name === name) || (target.type === "Name" && target.id === name),
  );
}

function returnsNothing(definition: ast.FunctionDef): boolean {
  if (definition.decorator_list.length > 0) return false;
  return [...walk(definition)].every(
    ({ node }) => !(node.type === "Return" && node.value !== undefined) && !node.type.startsWith("Yield"),
  );
}
