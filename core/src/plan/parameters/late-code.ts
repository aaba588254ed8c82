import type * as ast from "../../python/ast.ts";
import { isFunction } from "../../python/definition.ts";
import { walk } from "../../python/walk.ts";
import type { Span } from "../../text/position.ts";

/** The bodies of functions and lambdas in a statement: what stands in them runs when they are called, all else at once. */
export function lateSpans(statement: ast.Stmt): readonly Span[] {
  return walk(statement).flatMap(({ node }): Span[] => {
    if (node.type === "Lambda") return [node.body];
    const first = isFunction(node) ? node.body[0] : undefined;
    return first === undefined ? [] : [{ start: first.start, end: node.end }];
  });
}

/** True where a node stands in one of some pieces. */
export function isInside({ start, end }: Span, spans: readonly Span[]): boolean {
  return spans.some((span) => span.start <= start && end <= span.end);
}
