import type * as ast from "../python/ast.ts";
import { childrenOf } from "./children.ts";

/** The names of a function's body, by where they live. */
export interface BodyNames {
  readonly locals: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
  /** Every name that stands in it, in functions inside it too. */
  readonly mentioned: ReadonlySet<string>;
}

const known = new WeakMap<object, BodyNames>();

/** Which names a function binds itself (its parameters and whatever its body assigns), and which it declares elsewhere. */
export function localNames(node: ast.FunctionDef | ast.Lambda): BodyNames {
  let names = known.get(node);
  if (names === undefined) {
    names = collect(node);
    known.set(node, names);
  }
  return names;
}

/** Every name in a piece of syntax, functions inside it included; does not recurse, however deep it is. */
export function mentionedNames(nodes: readonly object[]): ReadonlySet<string> {
  const names = new Set<string>();
  const stack = [...nodes];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const one = node as Partial<ast.Name>;
    if (one.type === "Name" && one.id !== undefined) names.add(one.id);
    stack.push(...childrenOf(node));
  }
  return names;
}

/** Names that a piece of syntax may bind in its own block. */
export function boundNames(nodes: readonly object[]): ReadonlySet<string> {
  return bound(nodes).locals;
}

function collect(node: ast.FunctionDef | ast.Lambda): BodyNames {
  const { posonlyargs, args, vararg, kwonlyargs, kwarg } = node.args;
  const body = node.type === "Lambda" ? [node.body] : node.body;
  const { locals, globals, nonlocals } = bound(body);
  for (const arg of [...posonlyargs, ...args, ...kwonlyargs, vararg, kwarg]) {
    if (arg !== undefined) locals.add(arg.arg.name);
  }
  for (const name of [...globals, ...nonlocals]) locals.delete(name);
  return { locals, globals, nonlocals, mentioned: mentionedNames(body) };
}

function bound(nodes: readonly object[]) {
  const locals = new Set<string>();
  const globals = new Set<string>();
  const nonlocals = new Set<string>();
  const stack: { readonly node: object; readonly isTarget: boolean }[] = nodes.map((node) => ({
    node,
    isTarget: false,
  }));
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const node = next.node as ast.Stmt | ast.Expr | ast.Pattern | ast.ExceptHandler | ast.Alias;
    const push = (children: readonly (object | undefined)[], isTarget = false) => {
      for (const child of children) if (child !== undefined) stack.push({ node: child, isTarget });
    };
    if (!("type" in node)) {
      const handler = node as Partial<ast.ExceptHandler>;
      if (handler.body !== undefined && handler.name !== undefined) locals.add(handler.name.name);
      push(childrenOf(node));
      continue;
    }
    switch (node.type) {
      case "Global":
        for (const { name } of node.names) globals.add(name);
        break;
      case "Nonlocal":
        for (const { name } of node.names) nonlocals.add(name);
        break;
      case "Name":
        if (next.isTarget) locals.add(node.id);
        break;
      case "Tuple":
      case "List":
        push(node.elts, next.isTarget);
        break;
      case "Starred":
        push([node.value], next.isTarget);
        break;
      case "Assign":
        push(node.targets, true);
        push([node.value]);
        break;
      case "AnnAssign":
      case "AugAssign":
        push([node.target], true);
        push([node.value]);
        break;
      case "NamedExpr":
        push([node.target], true);
        push([node.value]);
        break;
      case "For":
      case "AsyncFor":
        push([node.target], true);
        push([node.iter, ...node.body, ...node.orelse]);
        break;
      case "With":
      case "AsyncWith":
        for (const item of node.items) {
          push([item.optional_vars], true);
          push([item.context_expr]);
        }
        push(node.body);
        break;
      case "Delete":
        push(node.targets, true);
        break;
      case "Import":
      case "ImportFrom":
        for (const alias of node.names) locals.add(alias.asname?.name ?? (alias.name.split(".", 1)[0] as string));
        break;
      case "FunctionDef":
      case "AsyncFunctionDef":
      case "ClassDef":
        locals.add(node.name.name);
        push(node.decorator_list);
        break;
      case "Lambda":
        break;
      case "ListComp":
      case "SetComp":
      case "GeneratorExp":
      case "DictComp":
        push(node.generators.flatMap(({ iter, ifs }) => [iter, ...ifs]));
        push(node.type === "DictComp" ? [node.key, node.value] : [node.elt]);
        break;
      case "TypeAlias":
        locals.add(node.name.id);
        break;
      case "MatchStar":
      case "MatchAs":
        if (node.name !== undefined) locals.add(node.name.name);
        push(childrenOf(node));
        break;
      case "MatchMapping":
        if (node.rest !== undefined) locals.add(node.rest.name);
        push(childrenOf(node));
        break;
      default:
        push(childrenOf(node));
    }
  }
  return { locals, globals, nonlocals };
}
