import type { Arguments, ExceptHandler, Expr, Keyword, MatchCase, Stmt, WithItem } from "./ast.ts";
import { aliasOutside } from "./grammar-faults.ts";
import { identifier, lowerAll, lowerArgument, lowerExpression, lowerSequence } from "./lower-expression.ts";
import { lowerParameters, lowerTypeParameters } from "./lower-parameters.ts";
import { lowerCasePatterns } from "./lower-pattern.ts";
import { lowerBlock } from "./lower-statement.ts";
import { invalidExpr, invalidStatement, type Lowering, report, textOf } from "./lowering.ts";
import { kid, namedKids, type SyntaxNode, token } from "./syntax-node.ts";

type Lower = (lowering: Lowering, node: SyntaxNode) => Stmt;

const compounds: Readonly<Record<string, Lower>> = {
  if_statement: lowerIf,
  for_statement: lowerFor,
  while_statement: (lowering, node) => ({
    type: "While",
    ...placeOf(node),
    test: lowerExpression(lowering, namedKids(node)[0], node),
    body: body(lowering, node),
    orelse: orelse(lowering, node),
  }),
  try_statement: lowerTry,
  with_statement: lowerWith,
  function_definition: (lowering, node) => lowerFunction(lowering, node, node.start, []),
  class_definition: (lowering, node) => lowerClass(lowering, node, node.start, []),
  decorated_definition: lowerDecorated,
  match_statement: lowerMatch,
};

/** A statement that holds statements. */
export function lowerCompound(lowering: Lowering, node: SyntaxNode): Stmt {
  const lower = compounds[node.type];
  return lower === undefined ? invalidStatement(lowering, node) : lower(lowering, node);
}

function placeOf(node: SyntaxNode): { start: number; end: number } {
  return { start: node.start, end: endOf(node) };
}

/** The grammar lets some blocks end after the blank space behind them. */
function endOf(node: SyntaxNode): number {
  const last = node.kids.at(-1);
  if (last === undefined || last.type === "ERROR") return node.end;
  return last.named && /_clause$|^block$|_statement$|_definition$/.test(last.type) ? endOf(last) : last.end;
}

function body(lowering: Lowering, node: SyntaxNode): Stmt[] {
  const block = kid(node, "block");
  return block ? lowerBlock(lowering, block.kids) : [];
}

function orelse(lowering: Lowering, node: SyntaxNode): Stmt[] {
  const clause = kid(node, "else_clause");
  return clause ? body(lowering, clause) : [];
}

/** So many `elif`s are nested as `If` in `If`; what comes after them is not followed. */
const mostAlternatives = 300;

function lowerIf(lowering: Lowering, node: SyntaxNode): Stmt {
  const clauses = node.kids.filter((each) => each.type === "elif_clause");
  const end = endOf(node);
  let rest = orelse(lowering, node);
  if (clauses.length > mostAlternatives) {
    const cut = {
      ...node,
      cut: true,
      kids: clauses.splice(mostAlternatives),
      start: clauses.at(-1)?.end ?? node.start,
    };
    rest = [invalidStatement(lowering, cut)];
  }
  for (const clause of clauses.toReversed()) {
    const test = lowerExpression(lowering, namedKids(clause)[0], clause);
    rest = [{ type: "If", start: clause.start, end, test, body: body(lowering, clause), orelse: rest }];
  }
  const test = lowerExpression(lowering, namedKids(node)[0], node);
  return { type: "If", start: node.start, end, test, body: body(lowering, node), orelse: rest };
}

function lowerFor(lowering: Lowering, node: SyntaxNode): Stmt {
  const [target, iterated] = namedKids(node);
  return {
    type: token(node, "async") ? "AsyncFor" : "For",
    ...placeOf(node),
    target: lowerExpression(lowering, target, node),
    iter: lowerExpression(lowering, iterated, node),
    body: body(lowering, node),
    orelse: orelse(lowering, node),
  };
}

function lowerTry(lowering: Lowering, node: SyntaxNode): Stmt {
  const handlers = node.kids.filter((each) => each.type === "except_clause");
  const final = kid(node, "finally_clause");
  const ofGroups = handlers.filter((handler) => token(handler, "*"));
  const other = handlers.find((handler) => !ofGroups.includes(handler));
  if (ofGroups.length > 0 && other !== undefined)
    report(lowering, other, "a try has either 'except' or 'except*', not both");
  return {
    type: ofGroups.length > 0 ? "TryStar" : "Try",
    ...placeOf(node),
    body: body(lowering, node),
    handlers: handlers.map((handler) => lowerHandler(lowering, handler)),
    orelse: orelse(lowering, node),
    finalbody: final ? body(lowering, final) : [],
  };
}

function lowerHandler(lowering: Lowering, node: SyntaxNode): ExceptHandler {
  const caught = namedKids(node).filter((each) => each.type !== "block");
  const [first] = caught;
  const isNamed = first?.type === "as_pattern";
  if (first !== undefined && !isNamed && caught.length > 1 && !isPython2(lowering, caught)) {
    const last = caught.at(-1) as SyntaxNode;
    const elts = caught.map((each) => lowerExpression(lowering, each));
    const exceptionType: Expr = { type: "Tuple", start: first.start, end: last.end, elts };
    return { ...placeOf(node), exceptionType, body: body(lowering, node) };
  }
  const [type, alias] = isNamed ? namedKids(first) : caught;
  if (!isNamed && alias !== undefined) {
    report(lowering, alias, "except with a comma is Python 2; write except Error as name");
  }
  const name = alias?.type === "as_pattern_target" ? namedKids(alias)[0] : alias;
  if (isNamed && name !== undefined && name.type !== "identifier")
    report(lowering, name, "an exception is given a name: except Error as name");
  return {
    ...placeOf(node),
    ...(type && { exceptionType: lowerExpression(lowering, type) }),
    ...(name?.type === "identifier" && { name: identifier(lowering, name) }),
    body: body(lowering, node),
  };
}

/** `except ValueError, e:` of Python 2, not `except ValueError, TypeError:` of Python 3.14: told by the small letter. */
function isPython2(lowering: Lowering, caught: readonly SyntaxNode[]): boolean {
  const [, name] = caught;
  return caught.length === 2 && name?.type === "identifier" && /^[\p{Ll}_]/u.test(textOf(lowering, name));
}

function lowerWith(lowering: Lowering, node: SyntaxNode): Stmt {
  const clause = kid(node, "with_clause");
  const last = clause?.kids.at(-1);
  if (last?.type === ",") report(lowering, last, "a comma behind the last item needs parentheses around the items");
  return {
    type: token(node, "async") ? "AsyncWith" : "With",
    ...placeOf(node),
    items: lowerItems(lowering, clause ? namedKids(clause) : []),
    body: body(lowering, node),
  };
}

/** The grammar reads `with (a as b, c as d):` and `with (a,):` in more than one way. */
function lowerItems(lowering: Lowering, items: readonly SyntaxNode[]): WithItem[] {
  const [item] = items;
  if (item === undefined || items.length > 1)
    return items.map((each) => lowerItem(lowering, namedKids(each)[0] ?? each));
  const only = namedKids(item)[0] ?? item;
  const inside = namedKids(only);
  const isGroup =
    (only.type === "tuple" && inside.length > 0 && inside.every(({ type }) => type !== "list_splat")) ||
    (only.type === "parenthesized_expression" && inside.some(({ type }) => type === "as_pattern"));
  if (isGroup) return inside.map((each) => lowerItem(lowering, each));
  return [lowerItem(lowering, only)];
}

function lowerItem(lowering: Lowering, item: SyntaxNode): WithItem {
  const node = aliasOutside(item);
  const place = { start: node.start, end: node.end };
  if (node.type !== "as_pattern") return { ...place, context_expr: lowerExpression(lowering, node) };
  const [value, target] = namedKids(node);
  return {
    ...place,
    context_expr: lowerExpression(lowering, value, node),
    ...(target && { optional_vars: lowerExpression(lowering, target) }),
  };
}

function lowerDecorated(lowering: Lowering, node: SyntaxNode): Stmt {
  const kids = namedKids(node);
  const definition = kids.at(-1);
  const decorators = kids.filter((each) => each.type === "decorator").flatMap((each) => namedKids(each));
  if (definition === undefined || definition.broken || definition.cut) return invalidStatement(lowering, node);
  const list = lowerAll(lowering, decorators);
  if (definition.type === "class_definition") return lowerClass(lowering, definition, node.start, list);
  return lowerFunction(lowering, definition, node.start, list);
}

function lowerFunction(lowering: Lowering, node: SyntaxNode, start: number, decorators: readonly Expr[]): Stmt {
  const name = kid(node, "identifier");
  if (name === undefined) return invalidStatement(lowering, node);
  const args: Arguments = lowerParameters(lowering, kid(node, "parameters"), node);
  const returns = kid(node, "type");
  return {
    type: token(node, "async") ? "AsyncFunctionDef" : "FunctionDef",
    start,
    end: endOf(node),
    name: identifier(lowering, name),
    args,
    body: body(lowering, node),
    decorator_list: decorators,
    ...(returns && { returns: lowerExpression(lowering, returns) }),
    type_params: lowerTypeParameters(lowering, kid(node, "type_parameter")),
  };
}

function lowerClass(lowering: Lowering, node: SyntaxNode, start: number, decorators: readonly Expr[]): Stmt {
  const name = kid(node, "identifier");
  if (name === undefined) return invalidStatement(lowering, node);
  const bases: Expr[] = [];
  const keywords: Keyword[] = [];
  const list = kid(node, "argument_list");
  for (const argument of list ? namedKids(list) : []) lowerArgument(lowering, argument, bases, keywords);
  return {
    type: "ClassDef",
    start,
    end: endOf(node),
    name: identifier(lowering, name),
    bases,
    keywords,
    body: body(lowering, node),
    decorator_list: decorators,
    type_params: lowerTypeParameters(lowering, kid(node, "type_parameter")),
  };
}

function lowerMatch(lowering: Lowering, node: SyntaxNode): Stmt {
  const subjects = namedKids(node).filter((each) => each.type !== "block");
  const block = kid(node, "block");
  const clauses = block ? namedKids(block).filter((each) => each.type === "case_clause") : [];
  const colon = token(node, ":")?.start ?? node.end;
  return {
    type: "Match",
    ...placeOf(node),
    subject: lowerSequence(lowering, node, subjects, { start: subjects[0]?.start ?? node.start, end: colon }),
    cases: clauses.map((clause) => lowerCase(lowering, clause)),
  };
}

function lowerCase(lowering: Lowering, node: SyntaxNode): MatchCase {
  const guard = kid(node, "if_clause");
  return {
    ...placeOf(node),
    pattern: node.broken
      ? { type: "MatchValue", ...placeOf(node), value: invalidExpr(lowering, node) }
      : lowerCasePatterns(lowering, node),
    ...(guard && { guard: lowerExpression(lowering, namedKids(guard)[0], guard) }),
    body: body(lowering, node),
  };
}
