import type { Assign, Expr, Stmt } from "./ast.ts";
import { lowerCompound } from "./lower-compound.ts";
import { identifier, lowerAll, lowerExpression, lowerSequence } from "./lower-expression.ts";
import { lowerFutureImport, lowerImport, lowerImportFrom } from "./lower-import.ts";
import { lowerTypeParameters } from "./lower-parameters.ts";
import { lowerPython2 } from "./lower-python2.ts";
import { invalidStatement, type Lowering, report } from "./lowering.ts";
import { namedKids, type SyntaxNode, token } from "./syntax-node.ts";

/** The statements of a module or block. */
export function lowerBlock(lowering: Lowering, nodes: readonly SyntaxNode[]): Stmt[] {
  const statements: Stmt[] = [];
  for (const node of nodes) {
    if (node.named) statements.push(lowerStatement(lowering, node));
    else if (node.type === ":" || node.type === "in") statements.push(invalidStatement(lowering, node));
  }
  return statements;
}

type Lower = (lowering: Lowering, node: SyntaxNode) => Stmt;

const simple =
  (type: "Pass" | "Break" | "Continue"): Lower =>
  (_, node) => ({ type, start: node.start, end: node.end });

const named =
  (type: "Global" | "Nonlocal"): Lower =>
  (lowering, node) => ({
    type,
    start: node.start,
    end: node.end,
    names: namedKids(node).map((kid) => identifier(lowering, kid)),
  });

const statements: Readonly<Record<string, Lower>> = {
  expression_statement: expressionStatement,
  return_statement: (lowering, node) => {
    const [value] = namedKids(node);
    return {
      type: "Return",
      start: node.start,
      end: node.end,
      ...(value && { value: lowerExpression(lowering, value) }),
    };
  },
  delete_statement: (lowering, node) => {
    const [only] = namedKids(node);
    const targets = only?.type === "expression_list" ? namedKids(only) : namedKids(node);
    return { type: "Delete", start: node.start, end: node.end, targets: lowerAll(lowering, targets) };
  },
  raise_statement: raise,
  assert_statement: (lowering, node) => {
    const [test, msg, another] = namedKids(node);
    if (another !== undefined) report(lowering, another, "assert takes a condition and one message");
    return {
      type: "Assert",
      start: node.start,
      end: node.end,
      test: lowerExpression(lowering, test, node),
      ...(msg && { msg: lowerExpression(lowering, msg) }),
    };
  },
  pass_statement: simple("Pass"),
  break_statement: simple("Break"),
  continue_statement: simple("Continue"),
  global_statement: named("Global"),
  nonlocal_statement: named("Nonlocal"),
  import_statement: lowerImport,
  import_from_statement: lowerImportFrom,
  future_import_statement: lowerFutureImport,
  print_statement: lowerPython2,
  exec_statement: lowerPython2,
  type_alias_statement: typeAlias,
};

function lowerStatement(lowering: Lowering, node: SyntaxNode): Stmt {
  if (node.broken || node.cut) return invalidStatement(lowering, node);
  const lower = statements[node.type];
  return lower === undefined ? lowerCompound(lowering, node) : lower(lowering, node);
}

function expressionStatement(lowering: Lowering, node: SyntaxNode): Stmt {
  const [only] = namedKids(node);
  if (only?.type === "assignment") return assignment(lowering, node, only);
  if (only?.type === "augmented_assignment") return augmentedAssignment(lowering, only);
  const value = lowerSequence(lowering, node, namedKids(node), node);
  return { type: "Expr", start: Math.min(node.start, startOfStar(value)), end: node.end, value };
}

/** `a = b = value` is a chain of assignments in the grammar and one statement here. */
function assignment(lowering: Lowering, statement: SyntaxNode, first: SyntaxNode): Stmt {
  const place = { start: statement.start, end: first.end };
  const type = first.kids.find((kid) => kid.type === "type" && kid.named);
  if (type !== undefined) {
    const value = first.kids.findLast((kid) => kid.named);
    if (token(type, ":") !== undefined || namedKids(type)[0]?.type === "constrained_type")
      report(lowering, type, "an annotation has no annotation");
    return {
      type: "AnnAssign",
      ...place,
      target: lowerExpression(lowering, first.kids[0], first),
      annotation: lowerExpression(lowering, type),
      ...(value !== type && { value: lowerExpression(lowering, value) }),
    };
  }
  const targets: Expr[] = [];
  let value: SyntaxNode | undefined = first;
  while (value?.type === "assignment") {
    const annotation = value.kids.find((kid) => kid.type === "type" && kid.named);
    if (annotation !== undefined) report(lowering, annotation, "only a target that stands alone can be annotated");
    const [left, right]: readonly SyntaxNode[] = namedKids(value);
    targets.push(lowerExpression(lowering, left, value));
    value = right;
  }
  if (value?.type === "augmented_assignment") return invalidStatement(lowering, statement);
  const start = Math.min(place.start, startOfStar(targets[0]));
  const made: Assign = { type: "Assign", ...place, start, targets, value: lowerExpression(lowering, value, statement) };
  return made;
}

/** Where a list without brackets begins whose first star the grammar was not shown. */
function startOfStar(list: Expr | undefined): number {
  return list?.type === "Tuple" && list.elts[0]?.type === "Starred" ? list.start : Number.POSITIVE_INFINITY;
}

function augmentedAssignment(lowering: Lowering, node: SyntaxNode): Stmt {
  const [target, value] = namedKids(node);
  const operator = node.kids.find((kid) => !kid.named)?.type ?? "=";
  if (value?.type === "assignment" || value?.type === "augmented_assignment") return invalidStatement(lowering, node);
  return {
    type: "AugAssign",
    start: node.start,
    end: node.end,
    target: lowerExpression(lowering, target, node),
    op: operator.slice(0, -1),
    value: lowerExpression(lowering, value, node),
  };
}

function raise(lowering: Lowering, node: SyntaxNode): Stmt {
  const kids = namedKids(node);
  const cause = token(node, "from") && kids.at(-1);
  const exc = kids[0] === cause ? undefined : kids[0];
  if (exc?.type === "expression_list") {
    return invalidStatement(lowering, node, "raise with a comma is Python 2; write raise Error(message)");
  }
  return {
    type: "Raise",
    start: node.start,
    end: node.end,
    ...(exc && { exc: lowerExpression(lowering, exc) }),
    ...(cause && { cause: lowerExpression(lowering, cause) }),
  };
}

/** `type X = ...`; the grammar also takes `type(x).a = v` and `type[i] = v` for it. */
function typeAlias(lowering: Lowering, node: SyntaxNode): Stmt {
  const [left, right] = namedKids(node);
  const alias = left && namedKids(left)[0];
  const name = alias?.type === "generic_type" ? namedKids(alias)[0] : alias;
  if (name?.type !== "identifier" || alias === undefined) {
    const module = lowering.reparse(node.start, node.end, (piece) => piece.replace(/^type/, "typ_"));
    const [statement = node] = module.kids;
    return statement.type === "expression_statement" && !statement.broken
      ? expressionStatement(lowering, statement)
      : invalidStatement(lowering, node);
  }
  return {
    type: "TypeAlias",
    start: node.start,
    end: node.end,
    name: { type: "Name", start: name.start, end: name.end, id: identifier(lowering, name).name },
    type_params: lowerTypeParameters(
      lowering,
      alias.kids.find((kid) => kid.type === "type_parameter"),
    ),
    value: lowerExpression(lowering, right, node),
  };
}
