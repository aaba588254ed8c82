import type { Expr, Stmt } from "../python/ast.ts";
import { children, type TypedNode, walk } from "../python/walk.ts";

/** What takes all that it is given before it gives anything. */
const takers: ReadonlySet<string> = new Set([
  ..."list tuple set frozenset dict sorted sum max min".split(" "),
  ..."Counter deque OrderedDict".split(" "),
]);

/** What hands on, one by one, all that it is given. */
const wrappers: ReadonlySet<string> = new Set(["enumerate", "tqdm"]);

/**
 * Whether a statement surely takes everything from the iterator that a name denotes: a loop that nothing leaves, `list`,
 * unpacking. What goes through a part of it (`next`, `zip`, a loop with `break`) is none, nor what nobody knows.
 */
export function goesThrough(statement: Stmt, name: string): boolean {
  const waiting: TypedNode[] = [statement];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (takesAll(next, name)) return true;
    waiting.push(...surely(next));
  }
  return false;
}

function takesAll(node: TypedNode, name: string): boolean {
  const is = (value: Expr | undefined) => value !== undefined && hands(value, name);
  switch (node.type) {
    case "For":
      return is(node.iter) && node.body.every((one) => walk(one).every(({ node: { type } }) => !leaves.has(type)));
    case "ListComp":
    case "SetComp":
    case "DictComp":
      return is(node.generators[0]?.iter);
    case "Call":
      return isTaker(node.func) && is(node.args[0]);
    case "Starred":
      return is(node.value);
    case "Assign":
      return is(node.value) && node.targets.some(({ type }) => type === "Tuple" || type === "List");
    default:
      return false;
  }
}

const leaves: ReadonlySet<TypedNode["type"]> = new Set(["Break", "Return", "Raise"]);

/** The name, or what hands on what it gives. */
function hands(value: Expr, name: string): boolean {
  if (value.type === "Name") return value.id === name;
  if (value.type !== "Call" || value.func.type !== "Name" || !wrappers.has(value.func.id)) return false;
  const [first] = value.args;
  return first !== undefined && hands(first, name);
}

function isTaker(func: Expr): boolean {
  if (func.type === "Attribute") return func.attr.name === "join" || takers.has(func.attr.name);
  return func.type === "Name" && takers.has(func.id);
}

/** What is computed whenever a node is. */
function surely(node: TypedNode): readonly TypedNode[] {
  switch (node.type) {
    case "Expr":
    case "Assign":
    case "AugAssign":
    case "AnnAssign":
    case "Call":
    case "Tuple":
    case "List":
    case "Set":
    case "Starred":
    case "BinOp":
    case "Subscript":
    case "Attribute":
    case "JoinedStr":
    case "NamedExpr":
    case "Await":
      return children(node);
    case "For":
      return [node.iter];
    case "With":
      return [...node.items.map(({ context_expr }) => context_expr), ...node.body];
    default:
      return [];
  }
}
