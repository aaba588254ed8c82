import type * as ast from "../../python/ast.ts";
import { assign } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import { nothing, union, type Value } from "../objects/value.ts";
import { bindName, readGlobal, resolve } from "./names.ts";

/** `globals()`, or `locals()` and `vars()` where these are the notebook's names. */
export function isNamespace(run: Interpreter, node: ast.Expr): boolean {
  if (node.type !== "Call" || node.func.type !== "Name" || node.args.length + node.keywords.length > 0) return false;
  const { id } = node.func;
  if (id !== "globals" && id !== "locals" && id !== "vars") return false;
  if (id !== "globals" && run.frame !== run.module) return false;
  return resolve(run, id).binding === undefined;
}

/** The names that a key of the namespace may be; `undefined` where it may be any. */
export function namesFor(key: Value): readonly string[] | undefined {
  const names = [...key].map(({ constant }) => constant);
  return names.length > 0 && names.every((name) => typeof name === "string") ? names : undefined;
}

/** What names of the namespace hold, and that they are read; `isOptional` where one that is not there is no error. */
export function readNames(run: Interpreter, names: readonly string[], span: ast.Expr, isOptional = false): Value {
  noteText(run);
  const read = (name: string) => {
    const value = run.module.layer.get(name)?.value ?? nothing;
    if (!isOptional || value.size > 0) readGlobal(run, name, { path: [], span, along: nothing, value });
    return value;
  };
  return names.length === 1 ? read(names[0] as string) : run.maybe(() => union(...names.map(read)));
}

/** `globals()[name] = value`: one of the names is bound. */
export function bindOneOf(run: Interpreter, names: readonly string[], value: Value, span: ast.Expr): void {
  noteText(run);
  run.branches(
    names.map((name) => () => {
      run.within(run.module, () => bindName(run, name, value, span));
      return "next";
    }),
  );
}

/** Who follows a function by the names that its code mentions misses those that it has as texts. */
function noteText(run: Interpreter): void {
  for (const { definition } of run.activations) {
    if (definition !== undefined) assign(run.journal, definition, definition, "opaque", true);
  }
}
