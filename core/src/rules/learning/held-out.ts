import type { CallSite, Dataflow, Statement } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { inStatements } from "../clue.ts";

/** A call of `train_test_split`, with the names that it gives. */
export interface RowSplit {
  readonly statement: Statement;
  readonly call: CallSite;
  /** What is split: the expressions of the rows, the target, and so on. */
  readonly parts: readonly ast.Expr[];
  readonly trainNames: readonly string[];
  readonly testNames: readonly string[];
}

/** Every `train, test, ... = train_test_split(...)` at the top level of a cell, in order. */
export const rowSplits = inStatements((statement): readonly RowSplit[] => {
  const { node } = statement;
  if (node.type !== "Assign" || node.value.type !== "Call") return [];
  const call = statement.calls.find((one) => one.node === node.value);
  const [target] = node.targets;
  if (call?.callee !== "sklearn.model_selection.train_test_split" || target?.type !== "Tuple") return [];
  const named = (rest: number) =>
    target.elts.flatMap((name, position) => (name.type === "Name" && position % 2 === rest ? [name.id] : []));
  return [{ statement, call, parts: node.value.args, trainNames: named(0), testNames: named(1) }];
});

/**
 * Names of rows that nothing but the last evaluation should see: the test part of the only split. Where a part is split
 * again (into validation rows, say) the notebook has two held-out parts, and choosing by one of them is right.
 */
export function soleTestNames(document: Dataflow): ReadonlySet<string> {
  const splits = rowSplits(document);
  const sources = new Set(splits.map(({ parts }) => parts.map(nameOf).join(" ")));
  const isSplitAgain = splits.some(({ trainNames, testNames }) =>
    splits.some(({ parts }) => parts.some((part) => [...trainNames, ...testNames].includes(nameOf(part) ?? ""))),
  );
  return isSplitAgain || sources.size !== 1 ? new Set() : new Set(splits.flatMap(({ testNames }) => testNames));
}

/** Names in an expression. */
export function namesIn(node: ast.Expr | ast.Stmt): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node: one } of walk(node)) if (one.type === "Name") names.add(one.id);
  return names;
}

/** The name that an expression is; undefined for any other expression. */
export function nameOf(node: ast.Expr | undefined): string | undefined {
  return node?.type === "Name" ? node.id : undefined;
}
