import type { Expr } from "./ast.ts";
import { lowerExpression } from "./lower-expression.ts";
import type { Lowering } from "./lowering.ts";
import { namedKids, type SyntaxNode, token } from "./syntax-node.ts";

const sequences = new Set(["expression_list", "pattern_list", "type", "slice"]);

/** True for a node that a star belongs around. */
export function isSplatInside(lowering: Lowering, node: SyntaxNode): boolean {
  return lowering.text[node.start] === "*" && !node.type.includes("splat") && !sequences.has(node.type);
}

/** The grammar takes a starred expression for an operand: `a ** *b`. */
export function isStarredOperand(node: SyntaxNode): boolean {
  return /_operator$|^await$/.test(node.type) && node.kids.some((kid, index) => index > 0 && kid.type === "list_splat");
}

/** The grammar reads `*a.b` as `(*a).b`: the same node with its star outside. */
export function splatOutside(node: SyntaxNode): SyntaxNode {
  const spine: SyntaxNode[] = [];
  let at = node;
  while (!at.type.includes("splat")) {
    spine.push(at);
    const [first] = at.kids;
    if (first === undefined) return { ...node, broken: true };
    at = first;
  }
  const [star, starred] = at.kids;
  if (star === undefined || starred === undefined) return { ...node, broken: true };
  let inside = starred;
  for (const each of spine.reverse()) inside = { ...each, start: starred.start, kids: [inside, ...each.kids.slice(1)] };
  return { ...at, end: node.end, kids: [star, inside] };
}

/** The grammar reads `a if t else b as f` as `a if t else (b as f)`: the same nodes with the name outside. */
export function aliasOutside(node: SyntaxNode): SyntaxNode {
  const spine: SyntaxNode[] = [];
  let at = node;
  while (at.type === "conditional_expression" || at.type === "lambda") {
    spine.push(at);
    at = at.kids.at(-1) ?? { ...at, type: "" };
  }
  const [value, ...alias] = at.kids;
  if (spine.length === 0 || at.type !== "as_pattern" || value === undefined) return node;
  let inside = value;
  for (const each of spine.reverse()) inside = { ...each, end: value.end, kids: [...each.kids.slice(0, -1), inside] };
  return { ...at, start: node.start, kids: [inside, ...alias] };
}

/** The grammar reads `await a ** b` as `await (a ** b)`: the same nodes with the power outside. */
export function awaitInside(node: SyntaxNode): SyntaxNode {
  const power = node.kids.at(-1);
  const base = power?.kids[0];
  if (power?.type !== "binary_operator" || base === undefined || token(power, "**") === undefined) return node;
  const awaited = { ...node, end: base.end, kids: [...node.kids.slice(0, -1), base] };
  return { ...power, start: node.start, kids: [awaited, ...power.kids.slice(1)] };
}

/** In the grammar `^` binds more tightly than `&`; in Python it is the other way round. */
export function bitwise(lowering: Lowering, node: SyntaxNode): Expr {
  const terms: Placed[][] = [[]];
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const isBitwise = next.type === "binary_operator" && (token(next, "&") ?? token(next, "^")) !== undefined;
    if (isBitwise && !next.cut && !next.broken) waiting.push(...next.kids.toReversed());
    else if (next.named)
      terms.at(-1)?.push({ expr: lowerExpression(lowering, next), start: next.start, end: next.end });
    else if (next.type === "^") terms.push([]);
  }
  return joinWith(
    terms.map((factors) => joinWith(factors, "&")),
    "^",
  ).expr;
}

/** An expression with the place of the parentheses around it. */
interface Placed {
  readonly expr: Expr;
  readonly start: number;
  readonly end: number;
}

function joinWith(operands: readonly Placed[], op: string): Placed {
  return operands.reduce((left, right) => {
    const place = { start: left.start, end: right.end };
    return { ...place, expr: { type: "BinOp", ...place, left: left.expr, op, right: right.expr } };
  });
}

/** The grammar reads `a[int] | B | C` as `a[int] | (B | C)` in a type. */
export function unionType(lowering: Lowering, node: SyntaxNode): Expr {
  const operands: SyntaxNode[] = [];
  const waiting = [...namedKids(node)].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const isUnion = next.type === "type" || next.type === "union_type" || token(next, "|") !== undefined;
    if (isUnion && next.kids.length > 0 && !next.cut && !next.broken) waiting.push(...[...namedKids(next)].reverse());
    else operands.push(next);
  }
  const [first, ...others] = operands;
  let made = lowerExpression(lowering, first, node);
  for (const operand of others) {
    const right = lowerExpression(lowering, operand, node);
    made = { type: "BinOp", start: node.start, end: operand.end, left: made, op: "|", right };
  }
  return made;
}
