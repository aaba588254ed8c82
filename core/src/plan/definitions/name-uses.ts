import type * as ast from "../../python/ast.ts";
import type { Scope } from "../../python/scope.ts";
import { scopesBelow, scopesOf } from "../../python/scopes.ts";
import { walk } from "../../python/walk.ts";
import type { Span } from "../../text/position.ts";
import type { Facts } from "../facts.ts";

/** Every place in a statement where one of some global names is read by name, functions inside it included. */
export function globalUses(statement: ast.Stmt, names: ReadonlySet<string>): readonly ast.Name[] {
  const found = [...walk(statement)].flatMap(({ node }) => (node.type === "Name" && names.has(node.id) ? [node] : []));
  if (found.length === 0) return [];
  const module: ast.Module = { type: "Module", ...spanOf(statement), body: [statement], errors: [], comments: [] };
  const hidden = hidingSpans(scopesOf(module), names);
  return found.filter(
    ({ id, start }) => !hidden.some((span) => span.name === id && span.start <= start && start < span.end),
  );
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

/** The functions, lambdas and comprehensions in which such a name is their own. */
function hidingSpans(top: Scope, names: ReadonlySet<string>): { name: string; start: number; end: number }[] {
  const spans: { name: string; start: number; end: number }[] = [];
  for (const scope of scopesBelow(top)) {
    for (const [name, { home }] of scope.names) {
      if (names.has(name) && home !== "global") spans.push({ name, ...bodySpan(scope) });
    }
  }
  return spans;
}

/** Defaults, decorators and the first iterable of a comprehension belong to the block around. */
function bodySpan(scope: Scope): Span {
  const { node } = scope;
  if ("body" in node && Array.isArray(node.body) && node.body[0] !== undefined)
    return { start: node.body[0].start, end: node.end };
  if (node.type === "Lambda") return spanOf(node.body);
  return spanOf(node);
}

/** How a function of the notebook is used: its calls by name, and whether its name is used in any other way. */
export interface FunctionUse {
  readonly calls: { readonly facts: Facts; readonly call: ast.Call }[];
  isUsedAsValue: boolean;
}

/** The uses of some global names in some statements, in one pass over these. */
export function functionUses(
  statements: readonly Facts[],
  names: ReadonlySet<string>,
): ReadonlyMap<string, FunctionUse> {
  const uses = new Map([...names].map((name): [string, FunctionUse] => [name, { calls: [], isUsedAsValue: false }]));
  for (const facts of statements) {
    const { node } = facts.statement;
    const open = new Map(globalUses(node, names).map((name) => [name.start, name.id]));
    if (open.size === 0) continue;
    for (const { node: inner } of walk(node)) {
      if (inner.type !== "Call" || inner.func.type !== "Name" || !open.delete(inner.func.start)) continue;
      uses.get(inner.func.id)?.calls.push({ facts, call: inner });
    }
    for (const name of open.values()) (uses.get(name) as FunctionUse).isUsedAsValue = true;
  }
  return uses;
}
