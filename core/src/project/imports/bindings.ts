import type * as ast from "../../python/ast.ts";
import { isDefinition, isFunction } from "../../python/definition.ts";
import { type TypedNode, walk } from "../../python/walk.ts";

/** A name that a node binds. */
export interface Binding {
  readonly name: string;
  /** How: `plain` is that of a variable whose value nobody may want (`x = 1`, `with f() as x`). */
  readonly by: "plain" | "unpacking" | "loop" | "definition" | "import";
  /** From that offset on the name is bound. */
  readonly from: number;
  /** Where it stands, if as an expression. */
  readonly target?: ast.Name;
}

/**
 * The nodes that run with a block's statements, in their order: not the bodies of the functions and classes in it, which
 * are blocks of their own, but their decorators, defaults, bases and annotations.
 */
export function ownNodes(body: readonly ast.Stmt[]): readonly TypedNode[] {
  const found: TypedNode[] = [];
  for (const statement of body) {
    const steps = walk(statement);
    for (let at = 0; at < steps.length; at++) {
      const { node, depth } = steps[at] as (typeof steps)[number];
      found.push(node);
      if (!isDefinition(node) && node.type !== "Lambda") continue;
      for (const part of partsThatRun(node)) found.push(...walk(part).map((step) => step.node));
      while (at + 1 < steps.length && (steps[at + 1]?.depth ?? 0) > depth) at++;
    }
  }
  return found;
}

function partsThatRun(node: ast.FunctionDef | ast.ClassDef | ast.Lambda): readonly ast.Expr[] {
  if (node.type === "ClassDef") {
    return [...node.decorator_list, ...node.bases, ...node.keywords.map(({ value }) => value)];
  }
  const { posonlyargs, args, vararg, kwonlyargs, kwarg } = node.args;
  const ofArguments = [...posonlyargs, ...args, vararg, ...kwonlyargs, kwarg].flatMap((each) => [
    each?.annotation,
    each?.default,
  ]);
  const ofFunction = isFunction(node) ? [...node.decorator_list, node.returns] : [];
  return [...ofFunction, ...ofArguments].filter((part) => part !== undefined);
}

/** What a node binds itself, patterns and `global` left out. */
export function bindingsOf(node: TypedNode): readonly Binding[] {
  switch (node.type) {
    case "Assign":
      return node.targets.flatMap((target) => namesOf(target, unpacked(node.value), node.end));
    case "AnnAssign":
      return namesOf(node.target, "plain", node.end);
    case "NamedExpr":
      return namesOf(node.target, "plain", node.end);
    case "For":
    case "AsyncFor":
      return namesOf(node.target, "loop", node.iter.end);
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
    case "DictComp":
      return node.generators.flatMap(({ target }) => namesOf(target, "loop", node.start));
    case "With":
    case "AsyncWith":
      return node.items.flatMap(({ context_expr, optional_vars: target }) =>
        target === undefined ? [] : namesOf(target, "unpacking", context_expr.end),
      );
    case "Try":
    case "TryStar":
      return node.handlers.flatMap(({ name }) =>
        name === undefined ? [] : [{ name: name.name, by: "plain", from: name.end }],
      );
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "ClassDef":
      return [{ name: node.name.name, by: "definition", from: node.end }];
    case "Import":
    case "ImportFrom":
      return node.names.map(({ name, asname }) => ({
        name: asname?.name ?? (node.type === "Import" ? (name.split(".", 1)[0] as string) : name),
        by: "import",
        from: node.end,
      }));
    default:
      return [];
  }
}

/** How the names in a tuple are bound: `a, b = 1, 2` gives each a value of its own. */
function unpacked({ type }: ast.Expr): Binding["by"] {
  return type === "Tuple" || type === "List" ? "plain" : "unpacking";
}

/** The names in a target; `inside`: how those in a tuple are bound. */
function namesOf(target: ast.Expr, inside: Binding["by"], from: number, by = plainly(inside)): readonly Binding[] {
  if (target.type === "Name") return [{ name: target.id, by, from, target }];
  if (target.type === "Starred") return namesOf(target.value, inside, from, inside);
  if (target.type !== "Tuple" && target.type !== "List") return [];
  return target.elts.flatMap((each) => namesOf(each, inside, from, inside));
}

function plainly(inside: Binding["by"]): Binding["by"] {
  return inside === "unpacking" ? "plain" : inside;
}
