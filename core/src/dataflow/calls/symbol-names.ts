import type * as ast from "../../python/ast.ts";
import type { Interpreter } from "../interpreter.ts";
import { bindName } from "../names/names.ts";
import type { Value } from "../objects/value.ts";
import { openNamespace } from "./open-namespace.ts";

/** Makes symbols and binds each under its own name in the module that calls. */
export const bindsSymbols = "sympy.var";

/**
 * The names that `var("x y")` binds, in order: those of a constant text without ranges (`x:3`). `undefined` for any other
 * call, of which nobody knows what it binds.
 */
export function symbolNames({ args, keywords }: ast.Call): readonly string[] | undefined {
  const [text] = args;
  if (args.length !== 1 || keywords.some(({ arg }) => arg === undefined)) return undefined;
  if (text?.type !== "Constant" || typeof text.value !== "string" || text.kind !== "str") return undefined;
  const names = text.value.split(/[\s,]+/).filter((name) => name !== "");
  return names.length > 0 && names.every((name) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) ? names : undefined;
}

/** What a call of SymPy's `var` does at the top level of the notebook; in a function it binds names of its module. */
export function callVar(run: Interpreter, node: ast.Call): Value {
  const names = run.frame === run.module ? symbolNames(node) : undefined;
  if (names === undefined) return openNamespace(run, node, "var() binds names of which nothing is known", false);
  const made = run.at(node, { type: "sympy.Expr", mutable: false });
  for (const name of names) bindName(run, name, made, node);
  return made;
}
