import type { Statement } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { type TypedNode, walk } from "../../python/walk.ts";
import { rootName } from "../state/repeatable.ts";

/** Pairs of numbers of a whole column that scaling goes by: subtracted, and divided by. */
const pairs = [
  ["mean", "std"],
  ["min", "max"],
  ["median", "std"],
] as const;

/** The name that is scaled by its own mean and deviation, or its own least and greatest value, in one expression. */
export function handScaled({ node }: Statement): string | undefined {
  if (node.type !== "For") return scaledBy(node);
  for (const one of node.body) {
    const name = scaledBy(one);
    if (name !== undefined) return name;
  }
  return undefined;
}

function scaledBy(node: ast.Stmt): string | undefined {
  if (node.type !== "Assign" || node.value.type !== "BinOp" || node.value.op !== "/") return undefined;
  const [target] = node.targets;
  const name = target && rootName(target);
  if (name === undefined) return undefined;
  const asked = new Set([...walk(node.value)].flatMap(({ node: one }) => methodOf(one, name) ?? []));
  return pairs.some((pair) => pair.every((method) => asked.has(method))) ? name : undefined;
}

/** `mean` in `X.mean(axis=0)`, `X["a"].mean()` and `np.mean(X)`. */
function methodOf(node: TypedNode, name: string): string | undefined {
  if (node.type !== "Call" || node.func.type !== "Attribute") return undefined;
  const [argument] = node.args;
  const isOwn =
    rootName(node.func.value) === name || (argument !== undefined && rootName(argument as ast.Expr) === name);
  return isOwn ? node.func.attr.name : undefined;
}
