import type { Expr, Identifier, Pattern } from "./ast.ts";
import { identifier, lowerExpression } from "./lower-expression.ts";
import { lowerNumber } from "./lower-number.ts";
import { invalidExpr, type Lowering, report, textOf } from "./lowering.ts";
import { namedKids, type SyntaxNode, token } from "./syntax-node.ts";

/** The pattern of a `case`: several without brackets, or one with a comma, are a sequence, which ends behind its last comma. */
export function lowerCasePatterns(lowering: Lowering, node: SyntaxNode): Pattern {
  const parts = node.kids.filter(({ type }) => type === "case_pattern" || type === ",");
  const patterns = parts.filter(({ type }) => type === "case_pattern");
  const [first] = patterns;
  const last = parts.at(-1);
  if (first !== undefined && last !== undefined && parts.length > 1) {
    return { type: "MatchSequence", start: first.start, end: last.end, patterns: lowerEach(lowering, patterns) };
  }
  if (first === undefined) return { type: "MatchAs", start: 0, end: 0 };
  return lowerPattern(lowering, first);
}

type Lower = (lowering: Lowering, node: SyntaxNode) => Pattern;

function lowerPattern(lowering: Lowering, node: SyntaxNode): Pattern {
  if (node.broken || node.cut) return { ...placeOf(node), type: "MatchValue", value: invalidExpr(lowering, node) };
  return (patterns[node.type] ?? literal)(lowering, node);
}

const lowerEach = (lowering: Lowering, nodes: readonly SyntaxNode[]) =>
  nodes.map((node) => lowerPattern(lowering, node));

const literal: Lower = (lowering, node) => ({
  ...placeOf(node),
  type: "MatchValue",
  value: lowerExpression(lowering, node),
});

const sequence: Lower = (lowering, node) => ({
  ...placeOf(node),
  type: "MatchSequence",
  patterns: lowerEach(lowering, namedKids(node)),
});

const patterns: Readonly<Record<string, Lower>> = {
  case_pattern: casePattern,
  list_pattern: sequence,
  tuple_pattern: (lowering, node) => {
    const [only, ...others] = namedKids(node);
    const isGroup = only !== undefined && others.length === 0 && token(node, ",") === undefined;
    const star = isGroup ? namedKids(only).find(({ type }) => type === "splat_pattern") : undefined;
    if (star !== undefined) report(lowering, star, "a star in parentheses needs a comma behind it");
    return isGroup ? lowerPattern(lowering, only) : sequence(lowering, node);
  },
  union_pattern: (lowering, node) => ({
    ...placeOf(node),
    type: "MatchOr",
    patterns: unionParts(node).map((part) => lowerSigned(lowering, part)),
  }),
  as_pattern: (lowering, node) => {
    const [pattern, name] = namedKids(node);
    return {
      ...placeOf(node),
      type: "MatchAs",
      ...(pattern && { pattern: lowerPattern(lowering, pattern) }),
      ...(name && { name: identifier(lowering, name) }),
    };
  },
  splat_pattern: (lowering, node) => {
    const [name] = namedKids(node);
    return { ...placeOf(node), type: "MatchStar", ...captured(lowering, name) };
  },
  dotted_name: (lowering, node) => {
    const [first, ...others] = namedKids(node);
    if (first !== undefined && others.length === 0) {
      return { ...placeOf(node), type: "MatchAs", ...captured(lowering, first) };
    }
    return { ...placeOf(node), type: "MatchValue", value: lowerDotted(lowering, node) };
  },
  class_pattern: classPattern,
  dict_pattern: mappingPattern,
  complex_pattern: (lowering, node) => ({ ...placeOf(node), type: "MatchValue", value: complexNumber(lowering, node) }),
};

function placeOf(node: SyntaxNode): { start: number; end: number } {
  return { start: node.start, end: node.end };
}

function captured(lowering: Lowering, name: SyntaxNode | undefined): { name?: Identifier } {
  return name === undefined || textOf(lowering, name) === "_" ? {} : { name: identifier(lowering, name) };
}

function casePattern(lowering: Lowering, node: SyntaxNode): Pattern {
  const [only] = node.kids;
  if (only?.named && node.kids.length === 1) return lowerPattern(lowering, only);
  return lowerSigned(lowering, node.kids);
}

/** A pattern, a negative number, or the wildcard. */
function lowerSigned(lowering: Lowering, kids: readonly SyntaxNode[]): Pattern {
  const [first, second] = kids;
  if (first !== undefined && second !== undefined && first.type === "-") {
    const place = { start: first.start, end: second.end };
    const operand = lowerNumber(lowering, second);
    return { ...place, type: "MatchValue", value: { ...place, type: "UnaryOp", op: "-", operand } };
  }
  if (first === undefined || !first.named) {
    return { type: "MatchAs", start: first?.start ?? 0, end: first?.end ?? 0 };
  }
  return lowerPattern(lowering, first);
}

function unionParts(node: SyntaxNode): SyntaxNode[][] {
  const found: SyntaxNode[][] = [[]];
  for (const kid of node.kids) {
    if (!kid.named && kid.type === "|") found.push([]);
    else found.at(-1)?.push(kid);
  }
  return found;
}

/** `a.b.c` as an expression. */
function lowerDotted(lowering: Lowering, node: SyntaxNode): Expr {
  let made: Expr | undefined;
  for (const part of namedKids(node)) {
    const name = identifier(lowering, part);
    made =
      made === undefined
        ? { type: "Name", start: part.start, end: part.end, id: name.name }
        : { type: "Attribute", start: node.start, end: part.end, value: made, attr: name };
  }
  return made ?? invalidExpr(lowering, node);
}

function classPattern(lowering: Lowering, node: SyntaxNode): Pattern {
  const [name, ...inside] = namedKids(node);
  const positional: Pattern[] = [];
  const keywords: { attr: Identifier; pattern: Pattern }[] = [];
  for (const argument of inside) {
    const [only] = argument.kids;
    const [named, alias] = only?.type === "as_pattern" ? namedKids(only) : [argument];
    const keyword = named?.kids[0];
    if (keyword?.type === "keyword_pattern" && keyword.kids[0] !== undefined) {
      const pattern = lowerSigned(lowering, keyword.kids.slice(2));
      keywords.push({
        attr: identifier(lowering, keyword.kids[0]),
        // The grammar reads `x=p as y` as `(x=p) as y`.
        pattern:
          alias === undefined
            ? pattern
            : { type: "MatchAs", start: pattern.start, end: alias.end, pattern, name: identifier(lowering, alias) },
      });
    } else positional.push(lowerPattern(lowering, argument));
  }
  const cls = name ? lowerDotted(lowering, name) : invalidExpr(lowering, node);
  return { ...placeOf(node), type: "MatchClass", cls, patterns: positional, kwd_patterns: keywords };
}

function mappingPattern(lowering: Lowering, node: SyntaxNode): Pattern {
  const keys: Expr[] = [];
  const values: Pattern[] = [];
  let rest: Identifier | undefined;
  let key: SyntaxNode[] = [];
  for (const kid of node.kids) {
    if (kid.type === "splat_pattern") {
      rest = captured(lowering, namedKids(kid)[0]).name;
      if (rest === undefined) report(lowering, kid, "what takes the rest of a mapping needs a name");
    } else if (kid.type === "case_pattern" && key.length > 0) {
      const lowered = lowerSigned(lowering, key);
      keys.push(lowered.type === "MatchValue" ? lowered.value : invalidExpr(lowering, kid));
      values.push(lowerPattern(lowering, kid));
      key = [];
    } else if (kid.named || kid.type === "-") key.push(kid);
  }
  return { ...placeOf(node), type: "MatchMapping", keys, patterns: values, ...(rest && { rest }) };
}

function complexNumber(lowering: Lowering, node: SyntaxNode): Expr {
  const numbers = namedKids(node);
  const signs = node.kids.filter((kid) => !kid.named);
  const [real, imaginary] = numbers;
  if (real === undefined || imaginary === undefined) return invalidExpr(lowering, node);
  const isNegative = node.kids[0]?.type === "-";
  const absolute = lowerNumber(lowering, real);
  const left: Expr = isNegative
    ? { type: "UnaryOp", start: node.start, end: real.end, op: "-", operand: absolute }
    : absolute;
  const op = signs.at(-1)?.type ?? "+";
  return { ...placeOf(node), type: "BinOp", left, op, right: lowerNumber(lowering, imaginary) };
}
