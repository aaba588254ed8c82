import type { Call, Display, Expr, Identifier, Keyword, Slice } from "./ast.ts";
import { awaitInside, isSplatInside, isStarredOperand, splatOutside, unionType } from "./grammar-faults.ts";
import { lowerComprehension } from "./lower-comprehension.ts";
import { lowerNumber } from "./lower-number.ts";
import { binary, boolean, comparison, conditional, namedExpression, unary } from "./lower-operator.ts";
import { lowerParameters } from "./lower-parameters.ts";
import { lowerStrings } from "./lower-string.ts";
import { invalidExpr, type Lowering, report, textOf } from "./lowering.ts";
import { namedKids, type SyntaxNode, token } from "./syntax-node.ts";

/** A name as Python compares it: in normal form KC. */
export function identifier(lowering: Lowering, node: SyntaxNode): Identifier {
  const name = textOf(lowering, node).normalize("NFKC");
  if (name === "async" || name === "await")
    report(lowering, node, `${name} is a keyword since Python 3.7; take another name`);
  return { name, start: node.start, end: node.end };
}

/** An expression, a target of an assignment, or a type. */
export function lowerExpression(lowering: Lowering, node: SyntaxNode | undefined, around?: SyntaxNode): Expr {
  if (node === undefined) {
    const place = around ?? { start: 0, end: 0 };
    return { type: "InvalidExpr", start: place.start, end: place.end, parts: [] };
  }
  const lower = expressions[node.type];
  if (lower === undefined || node.broken || node.cut || isStarredOperand(node)) return invalidExpr(lowering, node);
  return isSplatInside(lowering, node) ? lowerExpression(lowering, splatOutside(node), around) : lower(lowering, node);
}

/** One expression, or a tuple without parentheses where there are several or a comma follows. */
export function lowerSequence(
  lowering: Lowering,
  node: SyntaxNode,
  elements: readonly SyntaxNode[],
  place: { readonly start: number; readonly end: number },
): Expr {
  const [first] = elements;
  if (elements.length === 1 && token(node, ",") === undefined) return lowerExpression(lowering, first, node);
  const trailing = node.kids.findLast((kid) => kid.named || kid.type === ",");
  const start = first?.start ?? place.start;
  const end = Math.min(trailing?.end ?? place.end, place.end);
  const elts = lowerElements(lowering, elements);
  return { type: "Tuple", start: Math.min(start, elts[0]?.start ?? start), end, elts };
}

/** Expressions, one after the other. */
export function lowerAll(lowering: Lowering, nodes: readonly SyntaxNode[]): Expr[] {
  return nodes.map((node) => lowerExpression(lowering, node));
}

/** Expressions of a list without brackets or of a subscript, some with a star that the grammar was not shown (`a, *[b]`). */
function lowerElements(lowering: Lowering, nodes: readonly SyntaxNode[]): Expr[] {
  return nodes.map((node) => lowerStarred(lowering, node));
}

/** An expression, perhaps with a star that the grammar was not shown. */
export function lowerStarred(lowering: Lowering, node: SyntaxNode): Expr {
  const value = lowerExpression(lowering, node);
  const star = lowering.stars.get(node.start);
  if (star === undefined || neverStarred.has(node.type)) return value;
  lowering.stars.delete(node.start);
  return { type: "Starred", start: star, end: node.end, value };
}

/** The grammar takes any expression behind a star; among elements Python takes no operation that binds less tightly. */
function reportLoose(lowering: Lowering, elements: readonly SyntaxNode[]): void {
  for (const element of elements) {
    const isStarred = lowering.text[element.start] === "*";
    const starred = element.type === "list_splat" ? namedKids(element)[0] : isStarred ? element : undefined;
    if (starred !== undefined && neverStarred.has(starred.type))
      report(lowering, starred, "what stands behind a star needs parentheses");
  }
}

/** What binds less tightly than a star. */
const neverStarred = new Set(
  "conditional_expression boolean_operator not_operator comparison_operator lambda named_expression".split(" "),
);

type Lower = (lowering: Lowering, node: SyntaxNode) => Expr;

const inner: Lower = (lowering, node) => lowerExpression(lowering, namedKids(node)[0], node);

const display =
  (type: Display["type"]): Lower =>
  (lowering, node) => {
    reportLoose(lowering, namedKids(node));
    return { type, start: node.start, end: node.end, elts: lowerElements(lowering, namedKids(node)) };
  };

/** Elements without brackets: the first may have a star that the grammar was not shown. */
const bareTuple: Lower = (lowering, node) => {
  reportLoose(lowering, namedKids(node));
  const elts = lowerElements(lowering, namedKids(node));
  return { type: "Tuple", start: Math.min(node.start, elts[0]?.start ?? node.start), end: node.end, elts };
};

const constant =
  (kind: "bool" | "none" | "ellipsis", value: boolean | null): Lower =>
  (_, node) => ({ type: "Constant", kind, value, start: node.start, end: node.end });

const starred: Lower = (lowering, node) => {
  const [inside] = namedKids(node);
  if (lowering.text[node.start + 1] === "*") report(lowering, node, "two stars stand in calls and dictionaries only");
  return { type: "Starred", start: node.start, end: node.end, value: lowerExpression(lowering, inside, node) };
};

const name: Lower = (lowering, node) => ({
  type: "Name",
  start: node.start,
  end: node.end,
  id: identifier(lowering, node).name,
});

const subscript: Lower = (lowering, node) => {
  const [value, ...slices] = namedKids(node);
  const inside = { start: slices[0]?.start ?? node.start, end: node.end - 1 };
  return {
    type: "Subscript",
    start: node.start,
    end: node.end,
    value: lowerExpression(lowering, value, node),
    slice: lowerIndex(lowering, node, slices, inside),
  };
};

const genericType: Lower = (lowering, node) => {
  const [value, parameters] = namedKids(node);
  const inside = parameters ?? node;
  return {
    type: "Subscript",
    start: node.start,
    end: node.end,
    value: lowerExpression(lowering, value, node),
    slice: lowerIndex(lowering, inside, namedKids(inside), { start: inside.start + 1, end: inside.end - 1 }),
  };
};

/** What stands in the brackets of a subscript: one starred expression is a tuple of one. */
function lowerIndex(...[lowering, node, elements, place]: Parameters<typeof lowerSequence>): Expr {
  if (elements.length === 0) report(lowering, node, "brackets behind a value hold an index");
  const isOne = elements.length === 1 && token(node, ",") === undefined;
  const [index] = isOne ? lowerElements(lowering, elements) : [];
  if (index === undefined) return lowerSequence(lowering, node, elements, place);
  return index.type === "Starred" ? { type: "Tuple", start: index.start, end: index.end, elts: [index] } : index;
}

const expressions: Readonly<Record<string, Lower>> = {
  identifier: name,
  integer: lowerNumber,
  float: lowerNumber,
  true: constant("bool", true),
  false: constant("bool", false),
  none: constant("none", null),
  ellipsis: constant("ellipsis", null),
  string: (lowering, node) => lowerStrings(lowering, node, [node]),
  concatenated_string: (lowering, node) => lowerStrings(lowering, node, namedKids(node)),
  parenthesized_expression: (lowering, node) => {
    const [only] = namedKids(node);
    if (only?.type === "list_splat") report(lowering, only, "a star in parentheses needs a comma behind it");
    return inner(lowering, node);
  },
  type: inner,
  as_pattern_target: inner,
  with_item: inner,
  tuple: (lowering, node) => {
    const [only] = namedKids(node);
    if (only?.type === "list_splat" && token(node, ",") === undefined)
      report(lowering, only, "a star in parentheses needs a comma behind it");
    return display("Tuple")(lowering, node);
  },
  tuple_pattern: tuplePattern,
  expression_list: bareTuple,
  pattern_list: bareTuple,
  list: display("List"),
  list_pattern: display("List"),
  set: display("Set"),
  list_splat: starred,
  list_splat_pattern: starred,
  splat_type: starred,
  list_comprehension: lowerComprehension,
  set_comprehension: lowerComprehension,
  generator_expression: lowerComprehension,
  dictionary_comprehension: lowerComprehension,
  dictionary: dictionary,
  binary_operator: binary,
  union_type: unionType,
  unary_operator: unary,
  not_operator: unary,
  boolean_operator: boolean,
  comparison_operator: comparison,
  conditional_expression: conditional,
  named_expression: namedExpression,
  lambda: lambda,
  attribute: attribute,
  member_type: attribute,
  subscript: subscript,
  generic_type: genericType,
  slice: slice,
  constrained_type: slice,
  call: call,
  await: (lowering, node) => {
    const whole = awaitInside(node);
    if (whole !== node) return lowerExpression(lowering, whole, node);
    const [waited] = namedKids(node);
    if (waited?.type === "await") report(lowering, waited, "an await in an await needs parentheses");
    const value = lowerExpression(lowering, waited, node);
    return { type: "Await", start: node.start, end: node.end, value };
  },
  yield: lowerYield,
};

/** `(a)` on the left of an assignment is `a`; `(a,)` is a tuple. */
function tuplePattern(lowering: Lowering, node: SyntaxNode): Expr {
  const elements = namedKids(node);
  const isGroup = elements.length === 1 && token(node, ",") === undefined;
  if (isGroup && elements[0]?.type.includes("splat"))
    report(lowering, elements[0], "a star in parentheses needs a comma behind it");
  if (isGroup) return lowerExpression(lowering, elements[0], node);
  return { type: "Tuple", start: node.start, end: node.end, elts: lowerElements(lowering, elements) };
}

function dictionary(lowering: Lowering, node: SyntaxNode): Expr {
  const keys: (Expr | undefined)[] = [];
  const values: Expr[] = [];
  for (const entry of namedKids(node)) {
    const [first, second] = namedKids(entry);
    const isPair = entry.type === "pair";
    keys.push(isPair ? lowerExpression(lowering, first, entry) : undefined);
    values.push(lowerExpression(lowering, isPair ? second : first, entry));
  }
  return { type: "Dict", start: node.start, end: node.end, keys, values };
}

function lambda(lowering: Lowering, node: SyntaxNode): Expr {
  const kids = namedKids(node);
  return {
    type: "Lambda",
    start: node.start,
    end: node.end,
    args: lowerParameters(
      lowering,
      kids.find((kid) => kid.type === "lambda_parameters"),
      node,
    ),
    body: lowerExpression(
      lowering,
      kids.findLast((kid) => kid.type !== "lambda_parameters"),
      node,
    ),
  };
}

function attribute(lowering: Lowering, node: SyntaxNode): Expr {
  const [value, attr] = namedKids(node);
  if (attr === undefined) return invalidExpr(lowering, node);
  return {
    type: "Attribute",
    start: node.start,
    end: node.end,
    value: lowerExpression(lowering, value, node),
    attr: identifier(lowering, attr),
  };
}

function slice(lowering: Lowering, node: SyntaxNode): Slice {
  const at: (SyntaxNode | undefined)[] = [undefined, undefined, undefined];
  let position = 0;
  for (const kid of node.kids) {
    if (lowering.text[kid.start] === "*") report(lowering, kid, "no bound of a slice has a star");
    if (kid.named) at[position] = kid;
    else if (kid.type === ":") position++;
  }
  const [lower, upper, step] = at.map((kid) => kid && lowerExpression(lowering, kid));
  return {
    type: "Slice",
    start: node.start,
    end: node.end,
    ...(lower && { lower }),
    ...(upper && { upper }),
    ...(step && { step }),
  };
}

function call(lowering: Lowering, node: SyntaxNode): Expr {
  const [func, list] = namedKids(node);
  if (list !== undefined && lowering.text[list.start] === "[") return genericType(lowering, node);
  const args: Expr[] = [];
  const keywords: Keyword[] = [];
  const comma = list && token(list, ",");
  if (comma !== undefined && namedKids(list ?? node).length === 0)
    report(lowering, comma, "a comma stands behind an argument");
  if (list?.type === "generator_expression") args.push(lowerExpression(lowering, list));
  else for (const argument of list ? namedKids(list) : []) lowerArgument(lowering, argument, args, keywords);
  const made: Call = {
    type: "Call",
    start: node.start,
    end: node.end,
    func: lowerExpression(lowering, func, node),
    args,
    keywords,
  };
  return made;
}

/** Adds one argument of a call, or one base of a class. */
export function lowerArgument(lowering: Lowering, node: SyntaxNode, args: Expr[], keywords: Keyword[]): void {
  const [first, second] = namedKids(node);
  const place = { start: node.start, end: node.end };
  if (node.type === "keyword_argument" && first !== undefined) {
    keywords.push({ ...place, arg: identifier(lowering, first), value: lowerExpression(lowering, second, node) });
  } else if (node.type === "dictionary_splat") {
    keywords.push({ ...place, value: lowerExpression(lowering, first, node) });
  } else args.push(lowerExpression(lowering, node));
}

function lowerYield(lowering: Lowering, node: SyntaxNode): Expr {
  const place = { start: node.start, end: node.end };
  const value = namedKids(node)[0];
  if (token(node, "from") !== undefined) {
    return { type: "YieldFrom", ...place, value: lowerExpression(lowering, value, node) };
  }
  return { type: "Yield", ...place, ...(value && { value: lowerExpression(lowering, value) }) };
}
