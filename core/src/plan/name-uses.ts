import type * as ast from "../python/ast.ts";
import type { Scope } from "../python/scope.ts";
import { scopesOf } from "../python/scopes.ts";
import type { TypedNode } from "../python/walk.ts";
import { walk } from "../python/walk.ts";
import type { Span } from "../text/position.ts";

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
  const waiting = [...top.children];
  for (let scope = waiting.pop(); scope !== undefined; scope = waiting.pop()) {
    for (const [name, { home }] of scope.names) {
      if (names.has(name) && home !== "global") spans.push({ name, ...bodySpan(scope) });
    }
    waiting.push(...scope.children);
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

/** The calls of a function by its name in a statement, and whether the name is used in any other way. */
export function callsOf(
  statement: ast.Stmt,
  name: string,
): { readonly calls: readonly ast.Call[]; readonly isUsedAsValue: boolean } {
  const uses = globalUses(statement, new Set([name]));
  if (uses.length === 0) return { calls: [], isUsedAsValue: false };
  const places = new Set(uses.map(({ start }) => start));
  const calls: ast.Call[] = [];
  for (const { node } of walk(statement as TypedNode)) {
    if (node.type === "Call" && node.func.type === "Name" && places.has(node.func.start)) calls.push(node);
  }
  return { calls, isUsedAsValue: calls.length < uses.length };
}
