import { textWords } from "../../plan/definitions/names-in-texts.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import type { SourceEdit } from "./source-edit.ts";

type Comprehension = Extract<ast.Expr, { readonly generators: readonly ast.Comprehension[] }>;

/**
 * What lets a text inside of a lambda or comprehension name a variable of the stage: `df.query("age > @limit")` looks
 * for `limit` in the lambda's own frame and then among the module's globals, where the notebook had it. A lambda is
 * given it as a default, a comprehension as one more variable.
 */
export function captureEdits(sourced: SourcedStatement, hidden: ReadonlySet<string>): readonly SourceEdit[] {
  if (hidden.size === 0) return [];
  const { node: root, calls } = sourced.statement;
  const readers = calls.filter(({ effect }) => (effect?.code?.length ?? 0) > 0).map(({ node }) => node);
  return [...walk(root)].flatMap(({ node }) => {
    if (node.type === "Lambda") {
      const words = new Set(textWords(node));
      const names = [...hidden].filter((name) => words.has(name)).sort();
      return names.length === 0 ? [] : [defaultsEdit(node, names)];
    }
    if (!("generators" in node) || !readers.some(({ start, end }) => node.start < start && end <= node.end)) return [];
    return [variablesEdit(node, [...hidden].sort(), sourced.python)];
  });
}

function defaultsEdit({ start, args: parameters }: ast.Lambda, names: readonly string[]): SourceEdit {
  const { posonlyargs, args, vararg, kwonlyargs, kwarg } = parameters;
  const given = [...posonlyargs, ...args, ...(vararg === undefined ? [] : [vararg]), ...kwonlyargs];
  const text = names.map((name) => `${name}=${name}`).join(", ");
  if (given.length === 0) {
    const at = start + "lambda".length;
    return { start: at, end: at, text: ` *, ${text}${kwarg === undefined ? "" : ","}` };
  }
  const at = Math.max(...given.map((each) => Math.max(each.end, each.default?.end ?? 0)));
  const hasStar = vararg !== undefined || kwonlyargs.length > 0;
  return { start: at, end: at, text: `${hasStar ? "" : ", *"}, ${text}` };
}

function variablesEdit({ generators }: Comprehension, names: readonly string[], python: string): SourceEdit {
  const at = python.lastIndexOf("for", (generators[0] as ast.Comprehension).target.start);
  const list = names.join(", ");
  return { start: at, end: at, text: names.length === 1 ? `for ${list} in [${list}] ` : `for ${list} in [(${list})] ` };
}
