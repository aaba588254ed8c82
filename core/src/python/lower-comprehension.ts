import type { Comprehension, Expr } from "./ast.ts";
import { lowerAll, lowerExpression, lowerSequence } from "./lower-expression.ts";
import { type Lowering, report } from "./lowering.ts";
import { namedKids, type SyntaxNode, token } from "./syntax-node.ts";

/** `[... for ...]`, `{... for ...}`, `{...: ... for ...}` and `(... for ...)`. */
export function lowerComprehension(lowering: Lowering, node: SyntaxNode): Expr {
  const [body, ...clauses] = namedKids(node);
  const place = { start: node.start, end: node.end };
  const generators = lowerClauses(lowering, clauses);
  if (node.type === "dictionary_comprehension") {
    const [key, value] = body ? namedKids(body) : [];
    return {
      type: "DictComp",
      ...place,
      key: lowerExpression(lowering, key, node),
      value: lowerExpression(lowering, value, node),
      generators,
    };
  }
  const type =
    node.type === "list_comprehension" ? "ListComp" : node.type === "set_comprehension" ? "SetComp" : "GeneratorExp";
  return { type, ...place, elt: lowerExpression(lowering, body, node), generators };
}

function lowerClauses(lowering: Lowering, clauses: readonly SyntaxNode[]): Comprehension[] {
  const generators: (Comprehension & { end: number; ifs: Expr[] })[] = [];
  for (const clause of clauses) {
    if (clause.type === "for_in_clause") generators.push(lowerFor(lowering, clause));
    else {
      const last = generators.at(-1);
      last?.ifs.push(...lowerAll(lowering, namedKids(clause)));
      if (last) last.end = clause.end;
    }
  }
  return generators;
}

function lowerFor(lowering: Lowering, clause: SyntaxNode): Comprehension & { end: number; ifs: Expr[] } {
  const [target, ...iterated] = namedKids(clause);
  const comma = iterated[1] ?? token(clause, ",");
  if (comma !== undefined)
    report(lowering, comma, "a comma behind a comprehension: write parentheses around it, or around its source");
  return {
    start: clause.start,
    end: clause.end,
    target: lowerExpression(lowering, target, clause),
    iter: lowerSequence(lowering, clause, iterated, { start: iterated[0]?.start ?? clause.start, end: clause.end }),
    ifs: [],
    is_async: token(clause, "async") !== undefined,
  };
}
