import type { BinOp, Expr, MatchCase, Pattern, SyntaxProblem } from "../ast.ts";
import { children, type TypedNode } from "../walk.ts";
import { problem } from "./problem.ts";

/** Patterns that bind a name twice, and cases behind one that always matches. */
export function* patternProblems(node: TypedNode): Iterable<SyntaxProblem> {
  switch (node.type) {
    case "Match":
      for (const [at, one] of node.cases.entries()) {
        if (at < node.cases.length - 1) yield* unreachable(one);
        yield* boundTwice(one.pattern);
      }
      break;
    case "MatchOr":
      yield* alternativeProblems(node.patterns);
      break;
    case "MatchSequence": {
      const stars = node.patterns.filter(({ type }) => type === "MatchStar");
      if (stars[1] !== undefined) yield problem(stars[1], "multiple starred names in sequence pattern");
      break;
    }
    case "MatchAs":
      if (node.pattern !== undefined && node.name?.name === "_") yield problem(node.name, "cannot use '_' as a target");
      break;
    case "MatchMapping":
      yield* mappingProblems(node);
      break;
    case "MatchValue":
      yield* valueProblems(node.value);
      break;
    case "MatchClass": {
      const [named] = node.kwd_patterns;
      const behind = node.patterns.find(({ start }) => named !== undefined && start > named.attr.start);
      if (behind !== undefined) yield problem(behind, "positional patterns follow keyword patterns");
      const known = new Set<string>();
      for (const { attr } of node.kwd_patterns) {
        if (known.has(attr.name)) yield problem(attr, `attribute name repeated in class pattern: ${attr.name}`);
        known.add(attr.name);
      }
      break;
    }
  }
}

function* mappingProblems({
  keys,
  patterns,
  rest,
}: Extract<Pattern, { type: "MatchMapping" }>): Iterable<SyntaxProblem> {
  const known = new Set<unknown>();
  for (const key of keys) {
    yield* valueProblems(key);
    const value = comparable(key);
    if (value === undefined) continue;
    if (known.has(value)) yield problem(key, "mapping pattern checks duplicate key");
    known.add(value);
  }
  const last = patterns.at(-1);
  if (rest !== undefined && last !== undefined && last.start > rest.start)
    yield problem(rest, "what takes the rest stands last in a mapping pattern");
}

function* valueProblems(value: Expr): Iterable<SyntaxProblem> {
  if (value.type === "BinOp" && !isComplex(value)) yield problem(value, "a pattern is not computed: write its value");
  if (value.type === "JoinedStr" || value.type === "TemplateStr")
    yield problem(value, "patterns may only match literals and attribute lookups");
}

/** `1 + 2j`: the one sum that a pattern can have. */
function isComplex({ left, right }: BinOp): boolean {
  const real = left.type === "UnaryOp" ? left.operand : left;
  const isReal = real.type === "Constant" && real.kind !== "complex";
  return isReal && right.type === "Constant" && right.kind === "complex";
}

/** What two keys that are one have in common, as Python compares them: `0`, `-0` and `False`. */
function comparable(key: Expr): unknown {
  const sign = key.type === "UnaryOp" ? -1 : 1;
  const constant = key.type === "UnaryOp" ? key.operand : key;
  if (constant.type !== "Constant" || constant.kind === "complex") return undefined;
  const { kind, value } = constant;
  if (kind === "str" || kind === "bytes" || value === null) return `${kind} ${value}`;
  return typeof value === "bigint" ? value * BigInt(sign) : sign * Number(value) || 0;
}

function* unreachable({ pattern, guard }: MatchCase): Iterable<SyntaxProblem> {
  if (guard === undefined && alwaysMatches(pattern))
    yield problem(pattern, `${captureOf(pattern)} makes remaining patterns unreachable`);
}

function* alternativeProblems(patterns: readonly Pattern[]): Iterable<SyntaxProblem> {
  const [first] = patterns;
  const names = first === undefined ? "" : namesOf(first).sort().join();
  for (const [at, pattern] of patterns.entries()) {
    if (at < patterns.length - 1 && alwaysMatches(pattern))
      yield problem(pattern, `${captureOf(pattern)} makes remaining patterns unreachable`);
    else if (namesOf(pattern).sort().join() !== names)
      yield problem(pattern, "alternative patterns bind different names");
  }
}

function* boundTwice(pattern: Pattern): Iterable<SyntaxProblem> {
  const known = new Set<string>();
  for (const name of namesOf(pattern)) {
    if (known.has(name)) yield problem(pattern, `multiple assignments to name '${name}' in pattern`);
    known.add(name);
  }
}

/** The names that a pattern binds, each as often as it does; alternatives bind the same, so that the first counts. */
function namesOf(pattern: Pattern): string[] {
  const names: string[] = [];
  const waiting: TypedNode[] = [pattern];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.type === "MatchOr") {
      if (next.patterns[0] !== undefined) waiting.push(next.patterns[0]);
      continue;
    }
    if ((next.type === "MatchAs" || next.type === "MatchStar") && next.name) names.push(next.name.name);
    if (next.type === "MatchMapping" && next.rest) names.push(next.rest.name);
    waiting.push(...children(next));
  }
  return names;
}

function alwaysMatches(pattern: Pattern): boolean {
  if (pattern.type === "MatchOr") return pattern.patterns.some(alwaysMatches);
  return pattern.type === "MatchAs" && (pattern.pattern === undefined || alwaysMatches(pattern.pattern));
}

function captureOf(pattern: Pattern): string {
  return pattern.type === "MatchAs" && pattern.name ? `name capture '${pattern.name.name}'` : "wildcard";
}
