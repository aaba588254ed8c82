import { isBuiltin } from "../dataflow/names/injected-names.ts";
import type * as ast from "../python/ast.ts";
import { walk } from "../python/walk.ts";

/** `import ...`, also where it is tried or made on a condition, with flags such as `HAS_TORCH = True` beside it. */
export function isImport(node: ast.Stmt): boolean {
  if (node.type === "Import" || node.type === "ImportFrom") return true;
  if (node.type !== "Try" && node.type !== "If") return false;
  const blocks =
    node.type === "Try"
      ? [node.body, node.orelse, node.finalbody, ...node.handlers.map(({ body }) => body)]
      : [node.body, node.orelse];
  const statements = blocks.flat();
  return statements.some(isImport) && statements.every((each) => isImport(each) || isFlag(each) || isStandIn(each));
}

/** `tqdm = lambda rows: rows` where an import failed: what stands in for a name, and needs no value of the notebook. */
function isStandIn(node: ast.Stmt): boolean {
  const value = assignedName(node)?.value;
  if (value?.type === "Name") return value.id === "None" || isBuiltin(value.id);
  if (value?.type !== "Lambda") return false;
  const { args, posonlyargs, kwonlyargs, vararg, kwarg } = value.args;
  const own = new Set([...args, ...posonlyargs, ...kwonlyargs, vararg, kwarg].map((each) => each?.arg.name));
  return [...walk(value)].every(({ node: inner }) => inner.type !== "Name" || own.has(inner.id) || isBuiltin(inner.id));
}

function isFlag(node: ast.Stmt): boolean {
  if (node.type === "Pass" || node.type === "Raise") return true;
  return node.type === "Assign" && node.value.type === "Constant";
}

/** The only name that an assignment binds: `x = ...`, `x: int = ...`. */
export function assignedName(node: ast.Stmt): { readonly target: ast.Name; readonly value: ast.Expr } | undefined {
  if (node.type === "Assign") {
    const [target] = node.targets;
    return node.targets.length === 1 && target?.type === "Name" ? { target, value: node.value } : undefined;
  }
  if (node.type !== "AnnAssign" || node.target.type !== "Name" || node.value === undefined) return undefined;
  return { target: node.target, value: node.value };
}
