import { bindsSymbols, symbolNames } from "../../dataflow/calls/symbol-names.ts";
import type { SourcedStatement } from "../notebook-source.ts";

/**
 * The names that a statement binds which is nothing but SymPy's `var("x y")`: that puts them among the names of its
 * module, and in a function they have to be assigned. `undefined` for any other statement.
 */
export function symbolsBound({ statement: { node, calls } }: SourcedStatement): readonly string[] | undefined {
  if (node.type !== "Expr" || node.value.type !== "Call") return undefined;
  const { start, end } = node.value;
  const call = calls.find((each) => each.node.start === start && each.node.end === end);
  return call?.callee === bindsSymbols ? symbolNames(node.value) : undefined;
}
