import type * as ast from "../../python/ast.ts";
import type { Interpreter } from "../interpreter.ts";
import { bindName } from "../names/names.ts";
import type { Value } from "../objects/value.ts";
import { openNamespace } from "./open-namespace.ts";
import { symbolNames } from "./symbol-names.ts";

/** What a call of SymPy's `var` does at the top level of the notebook; in a function it binds names of its module. */
export function callVar(run: Interpreter, node: ast.Call): Value {
  const names = run.frame === run.module ? symbolNames(node) : undefined;
  if (names === undefined) return openNamespace(run, node, "var() binds names of which nothing is known", false);
  const made = run.at(node, { type: "sympy.Expr", mutable: false });
  for (const name of names) bindName(run, name, made, node);
  return made;
}
