import type * as ast from "../../python/ast.ts";
import type { Flow, Interpreter } from "../interpreter.ts";
import { bindName } from "../names/names.ts";
import { contentsOf } from "../objects/items.ts";
import { union, type Value } from "../objects/value.ts";
import { evaluate } from "./evaluate.ts";
import { executeBlock } from "./execute.ts";

/** Runs the cases of a `match` as paths of which one, or none, is taken. */
export function executeMatch(run: Interpreter, node: ast.Match): Flow {
  const subject = evaluate(run, node.subject);
  const paths = node.cases.map((one) => () => {
    bindPattern(run, one.pattern, subject);
    if (one.guard !== undefined) evaluate(run, one.guard);
    return executeBlock(run, one.body);
  });
  const isExhaustive = node.cases.some(
    ({ pattern, guard }) => guard === undefined && pattern.type === "MatchAs" && pattern.pattern === undefined,
  );
  return run.branches(isExhaustive ? paths : [...paths, () => "next"]);
}

function bindPattern(run: Interpreter, pattern: ast.Pattern, value: Value): void {
  const inner = () => union(value, contentsOf(run, value, pattern));
  switch (pattern.type) {
    case "MatchValue":
      evaluate(run, pattern.value);
      break;
    case "MatchSequence":
      for (const one of pattern.patterns) bindPattern(run, one, inner());
      break;
    case "MatchMapping":
      for (const key of pattern.keys) evaluate(run, key);
      for (const one of pattern.patterns) bindPattern(run, one, inner());
      if (pattern.rest !== undefined) bindName(run, pattern.rest.name, holding(run, pattern, inner()), pattern.rest);
      break;
    case "MatchClass":
      evaluate(run, pattern.cls);
      for (const one of pattern.patterns) bindPattern(run, one, inner());
      for (const one of pattern.kwd_patterns) bindPattern(run, one.pattern, inner());
      break;
    case "MatchStar":
      if (pattern.name !== undefined) bindName(run, pattern.name.name, holding(run, pattern, inner()), pattern.name);
      break;
    case "MatchAs":
      if (pattern.pattern !== undefined) bindPattern(run, pattern.pattern, value);
      if (pattern.name !== undefined) bindName(run, pattern.name.name, value, pattern.name);
      break;
    case "MatchOr":
      for (const one of pattern.patterns) bindPattern(run, one, value);
      break;
  }
}

function holding(run: Interpreter, site: object, value: Value): Value {
  const made = run.at(site, { mutable: true });
  for (const object of made) run.heap.hold(object, "*", value, run.now);
  return made;
}
