import type { Arg, Arguments, Expr, TypeParam } from "./ast.ts";
import { identifier, lowerExpression, lowerStarred } from "./lower-expression.ts";
import { type Lowering, report } from "./lowering.ts";
import { namedKids, type SyntaxNode } from "./syntax-node.ts";

/** The parameters of a function or lambda; none where `node` is absent. */
export function lowerParameters(lowering: Lowering, node: SyntaxNode | undefined, owner: SyntaxNode): Arguments {
  const posonlyargs: Arg[] = [];
  const args: Arg[] = [];
  const kwonlyargs: Arg[] = [];
  let vararg: Arg | undefined;
  let kwarg: Arg | undefined;
  let isKeywordOnly = false;
  if (node !== undefined) reportSeparators(lowering, namedKids(node));
  for (const parameter of node ? namedKids(node) : []) {
    if (parameter.type === "positional_separator") posonlyargs.push(...args.splice(0));
    else if (parameter.type === "keyword_separator") isKeywordOnly = true;
    else {
      const { arg, stars } = lowerParameter(lowering, parameter);
      if (arg === undefined) report(lowering, parameter, "a parameter that is a tuple is Python 2");
      else if (stars === 2) kwarg = arg;
      else if (stars === 1) {
        vararg = arg;
        isKeywordOnly = true;
      } else (isKeywordOnly ? kwonlyargs : args).push(arg);
    }
  }
  const place = node ?? { start: owner.start, end: owner.start };
  return {
    start: place.start,
    end: place.end,
    posonlyargs,
    args,
    ...(vararg && { vararg }),
    kwonlyargs,
    ...(kwarg && { kwarg }),
  };
}

/** The grammar takes `*` and `/` anywhere among the parameters. */
function reportSeparators(lowering: Lowering, parameters: readonly SyntaxNode[]): void {
  const [star, another] = parameters.filter(
    ({ type, kids }) => type === "keyword_separator" || [type, kids[0]?.type].includes("list_splat_pattern"),
  );
  const [slash, secondSlash] = parameters.filter(({ type }) => type === "positional_separator");
  const behind = star && parameters[parameters.indexOf(star) + 1];
  if (another !== undefined) report(lowering, another, "* may appear only once");
  if (star?.type === "keyword_separator" && (behind === undefined || behind.type === "dictionary_splat_pattern"))
    report(lowering, star, "named arguments must follow bare *");
  if (secondSlash !== undefined) report(lowering, secondSlash, "/ may appear only once");
  const double = parameters.findIndex(({ type, kids }) => [type, kids[0]?.type].includes("dictionary_splat_pattern"));
  if (slash !== undefined && double !== -1 && parameters.indexOf(slash) > double)
    report(lowering, slash, "arguments cannot follow var-keyword argument");
  if (slash !== undefined && slash === parameters[0]) report(lowering, slash, "at least one argument must precede /");
  if (slash !== undefined && star !== undefined && star.start < slash.start)
    report(lowering, slash, "/ must be ahead of *");
}

/** `arg` is absent where the parameter is not one name. */
function lowerParameter(lowering: Lowering, node: SyntaxNode): { arg?: Arg; stars: 0 | 1 | 2 } {
  if (node.type === "identifier") return { arg: { ...placeOf(node), arg: identifier(lowering, node) }, stars: 0 };
  const kids = namedKids(node);
  const [first] = kids;
  if (node.type === "tuple_pattern" || first === undefined) return { stars: 0 };
  if (node.type === "list_splat_pattern" || node.type === "dictionary_splat_pattern") {
    if (first.type !== "identifier") return { stars: 0 };
    return {
      arg: { ...placeOf(first), arg: identifier(lowering, first) },
      stars: node.type === "list_splat_pattern" ? 1 : 2,
    };
  }
  const { arg, stars } = lowerParameter(lowering, first);
  if (arg === undefined) return { stars };
  const annotation = kids.find((kid) => kid.type === "type");
  const value =
    node.type === "typed_parameter" ? undefined : kids.findLast((kid) => kid !== first && kid !== annotation);
  const type = annotation && lowerStarred(lowering, annotation);
  if (type?.type === "Starred" && stars !== 1) report(lowering, type, "only the annotation of *args can have a star");
  return {
    arg: {
      ...arg,
      end: node.end,
      ...(type && { annotation: type }),
      ...(value && { default: lowerExpression(lowering, value) }),
    },
    stars,
  };
}

function placeOf(node: SyntaxNode): { start: number; end: number } {
  return { start: node.start, end: node.end };
}

/** `[T: int, *Ts, **P]` of a definition or a type alias. */
export function lowerTypeParameters(lowering: Lowering, node: SyntaxNode | undefined): TypeParam[] {
  const made: TypeParam[] = [];
  for (const type of node ? namedKids(node) : []) {
    const inside = namedKids(type)[0];
    const [first, second] = inside ? namedKids(inside) : [];
    const constrained = inside?.type === "constrained_type" && first ? namedKids(first)[0] : (first ?? inside);
    const named = constrained?.type === "splat_type" ? namedKids(constrained)[0] : constrained;
    if (named?.type !== "identifier") continue;
    const given = defaultValue(lowering, type, node?.kids ?? []);
    const bound = inside?.type === "constrained_type" ? second : undefined;
    made.push({
      start: type.start,
      end: given?.end ?? type.end,
      name: identifier(lowering, named),
      ...(bound && { bound: lowerExpression(lowering, bound) }),
      ...(given && { default_value: given }),
    });
  }
  return made;
}

/** What stands behind the `=` of a type parameter, which was made blank for the grammar. */
function defaultValue(lowering: Lowering, type: SyntaxNode, kids: readonly SyntaxNode[]): Expr | undefined {
  const next = kids[kids.indexOf(type) + 1];
  const equals = /^\s*=\s*/.exec(lowering.text.slice(type.end, next?.start ?? type.end));
  if (equals === null || next === undefined) return undefined;
  const start = type.end + equals[0].length;
  const star = lowering.text[start] === "*" ? 1 : 0;
  const [statement] = lowering.reparse(start + star, next.start, (piece) => piece).kids;
  const value = lowerExpression(lowering, statement?.kids[0], type);
  lowering.stars.delete(value.start);
  return star === 0 ? value : { type: "Starred", start, end: value.end, value };
}
