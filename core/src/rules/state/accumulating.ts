import type { Access, Dataflow } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { isFunction } from "../../python/definition.ts";
import { walk } from "../../python/walk.ts";

/** Methods of containers that leave more, or less, each time. */
const grows = new Set(["append", "extend", "insert", "pop", "popleft", "appendleft", "remove"]);

/** Whether the function of the notebook that makes a change adds to what is there: `self.total += value`, `rows.append(row)`. */
export function accumulatesThrough({ definitions }: Dataflow, access: Access): boolean {
  const [owner, method] = access.through?.split(".") ?? [];
  const definition = definitions.findLast(({ name }) => name === owner);
  const body = definition && (method === undefined ? definition.node : methodOf(definition.node, method));
  return body !== undefined && accumulatesIn(body, access);
}

/** Whether code that makes a change adds to what is there. */
export function accumulatesIn(body: ast.FunctionDef | ast.ClassDef, { place }: Access): boolean {
  const step = place.path[0]?.name;
  const isPlace = (node: ast.Expr) =>
    step === undefined ? node.type !== "Attribute" : node.type === "Attribute" && node.attr.name === step;
  return [...walk(body)].some(
    ({ node }) =>
      (node.type === "AugAssign" &&
        node.op !== "|" &&
        node.op !== "&" &&
        isPlace(node.target) &&
        isOutside(node.target, step)) ||
      (node.type === "Call" &&
        node.func.type === "Attribute" &&
        grows.has(node.func.attr.name) &&
        isPlace(node.func.value)),
  );
}

/** `total += x` on a name of the function's own changes nothing outside. */
function isOutside(target: ast.Expr, step: string | undefined): boolean {
  return step !== undefined || target.type === "Subscript";
}

function methodOf(node: ast.FunctionDef | ast.ClassDef, name: string): ast.FunctionDef | undefined {
  if (node.type !== "ClassDef") return undefined;
  for (const member of node.body) {
    if (isFunction(member) && member.name.name === name) return member;
  }
  return undefined;
}
