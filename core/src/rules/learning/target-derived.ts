import type { Statement } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { inStatements } from "../clue.ts";
import { indexOf } from "../document-index.ts";
import { type Facts, rule } from "../rule.ts";
import { rowSplits } from "./held-out.ts";
import { type CodePlace, columnOf, columnsRead, type SplitColumns, splitColumns, tableOf } from "./split-columns.ts";

/** What makes of a target what was known before it: the past of a series. */
const past = /^(?:shift|lag)$/;

export const targetDerived = rule("NB506", function* ({ document }) {
  const told = new Set<Statement>();
  for (const split of rowSplits(document)) {
    const columns = splitColumns(document, split);
    if (columns === undefined) continue;
    const index = indexOf(document);
    for (const { statement, table, target, value } of columnAssignments(document)) {
      if (table !== columns.table || !index.isBefore(statement, split.statement) || told.has(statement)) continue;
      const place = { document, statement: statement.id };
      const column = columnOf(place, target);
      if (column === undefined) continue;
      const made = { column, value };
      const facts = ofTarget(place, statement, made, columns) ?? targetOf(place, statement, made, columns);
      if (facts === undefined || isDropped(index.between(statement, split.statement), facts.subject, table)) continue;
      told.add(statement);
      yield {
        ...facts,
        predicts: "a much lower score without that column",
        evidence: [
          { cell: split.statement.cell, range: split.statement.range, message: "where it goes in as a feature" },
        ],
      };
    }
  }
});

/** `df["a"] = ...`, and whatever else is put into a table by a key. */
const columnAssignments = inStatements((statement) => {
  const { node } = statement;
  if (node.type !== "Assign") return [];
  const [target] = node.targets;
  const table = target?.type === "Subscript" ? tableOf(target) : undefined;
  return target === undefined || table === undefined ? [] : [{ statement, table, target, value: node.value }];
});

interface Made {
  readonly column: string;
  readonly value: ast.Expr;
}

/** A feature that is made of the target. */
function ofTarget(
  place: CodePlace,
  statement: Statement,
  { column, value }: Made,
  { table, isFeature, targets, isColumn }: SplitColumns,
): Facts | undefined {
  const [target] = targets;
  if (!isColumn || target === undefined || column === target || !isFeature(column)) return undefined;
  if (!columnsRead(place, value, table).includes(target) || isOfThePast(value)) return undefined;
  return {
    tier: "hint",
    severity: "warning",
    cell: statement.cell,
    range: statement.range,
    subject: column,
    message:
      `The feature \`${column}\` is made of \`${target}\`, which the model is to predict, over all rows: the answer of the test rows is in their features, ` +
      "and the score is far too good. Leave it out, or compute it from the training rows alone, after the split (sklearn's TargetEncoder in a Pipeline does).",
  };
}

/** A target that is made of a column which stays among the features. */
function targetOf(
  place: CodePlace,
  statement: Statement,
  { column, value }: Made,
  { table, isFeature, targets, isColumn }: SplitColumns,
): Facts | undefined {
  if (!isColumn || targets[0] !== column) return undefined;
  const source = columnsRead(place, value, table).find((one) => one !== column && isFeature(one));
  const isComputed =
    source !== undefined && [...walk(value)].some(({ node }) => node.type === "Compare" || node.type === "BinOp");
  if (!isComputed) return undefined;
  return {
    tier: "hint",
    severity: "warning",
    cell: statement.cell,
    range: statement.range,
    subject: source,
    message:
      `\`${column}\`, which the model is to predict, is computed from \`${source}\`, and \`${source}\` is still among the features: ` +
      `the model only has to find the computation again, and the score says nothing. Drop \`${source}\` from the features.`,
  };
}

function isOfThePast(value: ast.Expr): boolean {
  return [...walk(value)].some(
    ({ node }) => node.type === "Call" && node.func.type === "Attribute" && past.test(node.func.attr.name),
  );
}

/** Whether a statement in between takes the column away again. */
function isDropped(between: readonly Statement[], column: string, table: string): boolean {
  return between.some(({ node }) => {
    const isOfTable = [...walk(node)].some(({ node: one }) => one.type === "Name" && one.id === table);
    const names = [...walk(node)].some(({ node: one }) => one.type === "Constant" && one.value === column);
    const takes =
      node.type === "Delete" ||
      [...walk(node)].some(
        ({ node: one }) =>
          one.type === "Call" && one.func.type === "Attribute" && /^(?:drop|pop)$/.test(one.func.attr.name),
      );
    return isOfTable && names && takes;
  });
}
