import type { BoolOp, Compare, Expr, UnaryOp } from "./ast.ts";
import { bitwise } from "./grammar-faults.ts";
import { identifier, lowerAll, lowerExpression } from "./lower-expression.ts";
import { invalidExpr, type Lowering, report } from "./lowering.ts";
import { namedKids, type SyntaxNode, token } from "./syntax-node.ts";

/** An operation of two values. */
export function binary(lowering: Lowering, node: SyntaxNode): Expr {
  const [left, right] = namedKids(node);
  const operator = node.kids.find((kid) => !kid.named);
  if (operator?.type === "&" || operator?.type === "^") return bitwise(lowering, node);
  return {
    type: "BinOp",
    start: node.start,
    end: node.end,
    left: lowerExpression(lowering, left, node),
    op: operator?.type ?? "",
    right: lowerExpression(lowering, right, node),
  };
}

/** `-a`, `not a`. */
export function unary(lowering: Lowering, node: SyntaxNode): Expr {
  const operator = node.kids.find((kid) => !kid.named)?.type as UnaryOp["op"];
  const operand = lowerExpression(lowering, namedKids(node)[0], node);
  return { type: "UnaryOp", start: node.start, end: node.end, op: operator, operand };
}

/** `a and b and c` is one operation of three values. */
export function boolean(lowering: Lowering, node: SyntaxNode): Expr {
  const op = operatorOf(node);
  const operands: SyntaxNode[] = [];
  let at: SyntaxNode | undefined = node;
  while (at?.type === "boolean_operator" && operatorOf(at) === op && !at.broken && !at.cut) {
    const [left, right]: readonly SyntaxNode[] = namedKids(at);
    if (right !== undefined) operands.push(right);
    at = left;
  }
  if (at !== undefined) operands.push(at);
  return { type: "BoolOp", start: node.start, end: node.end, op, values: lowerAll(lowering, operands.reverse()) };
}

function operatorOf(node: SyntaxNode): BoolOp["op"] {
  return token(node, "or") === undefined ? "and" : "or";
}

/** A chain of comparisons. */
export function comparison(lowering: Lowering, node: SyntaxNode): Expr {
  const [left, ...others] = namedKids(node);
  const operators = node.kids.filter((kid) => !kid.named);
  for (const operator of operators) {
    if (operator.type === "<>") report(lowering, operator, "<> is an operator of Python 2; write !=");
    const right = others.find(({ start }) => start > operator.start);
    if (operator.type === "not in" && !/\bin\b/.test(lowering.text.slice(operator.start, right?.start)))
      report(lowering, { start: operator.start, end: operator.start + "not".length }, "write 'not in', or an operator");
  }
  const compare: Compare = {
    type: "Compare",
    start: node.start,
    end: node.end,
    left: lowerExpression(lowering, left, node),
    ops: operators.map((operator) => operator.type),
    comparators: lowerAll(lowering, others),
  };
  return compare;
}

/** `a if t else b`. */
export function conditional(lowering: Lowering, node: SyntaxNode): Expr {
  const [body, test, orelse] = namedKids(node);
  if (body?.type === "named_expression") return namedExpression(lowering, namedOutside(node, body));
  return {
    type: "IfExp",
    start: node.start,
    end: node.end,
    test: lowerExpression(lowering, test, node),
    body: lowerExpression(lowering, body, node),
    orelse: lowerExpression(lowering, orelse, node),
  };
}

/** The grammar reads `x := a if t else b` as `(x := a) if t else b`: the same nodes with the name outside. */
function namedOutside(node: SyntaxNode, named: SyntaxNode): SyntaxNode {
  const value = named.kids.at(-1) ?? named;
  const inside = { ...node, start: value.start, kids: [value, ...node.kids.slice(1)] };
  return { ...named, end: node.end, kids: [...named.kids.slice(0, -1), inside] };
}

/** `name := value`. */
export function namedExpression(lowering: Lowering, node: SyntaxNode): Expr {
  const [target, value] = namedKids(node);
  if (target?.type !== "identifier") return invalidExpr(lowering, node);
  return {
    type: "NamedExpr",
    start: node.start,
    end: node.end,
    target: { type: "Name", start: target.start, end: target.end, id: identifier(lowering, target).name },
    value: lowerExpression(lowering, value, node),
  };
}
