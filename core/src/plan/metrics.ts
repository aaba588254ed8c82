import type { CallSite, Statement, StatementId } from "../dataflow/model.ts";
import type * as ast from "../python/ast.ts";
import type { Bench } from "./bench.ts";
import { snakeCase } from "./names.ts";
import type { Metric } from "./plan.ts";
import { assignedName } from "./statement-kinds.ts";

/** Results of these are no number. */
const noNumber =
  /(confusion_matrix|classification_report|_curve|_display|Display|cross_val_score|cross_validate|multilabel)/i;

/** What people call a number that says how good something is. */
const metricName =
  /(^|_)(acc|accuracy|score|loss|mae|mse|rmse|rmsle|mape|smape|r2|auc|roc_auc|f1|precision|recall|error|logloss|perplexity|bleu|iou|dice)(_|$)/i;

const numbers = /^(builtins\.)?(int|float)$|^numpy\.(float|int)\d*$/;

/** The numbers that the notebook reports: results of metric functions, by the name that holds them or as they are shown. */
export function findMetrics(
  bench: Bench,
  stages: readonly { readonly name: string; readonly statements: readonly StatementId[] }[],
): readonly Metric[] {
  const metrics = new Map<string, Metric>();
  for (const { name: stage, statements } of stages) {
    for (const id of statements) {
      const statement = bench.factsById.get(id)?.statement;
      if (statement === undefined) continue;
      for (const { name: wanted, expression } of metricsOf(bench, statement)) {
        // A name that is bound again holds the last result.
        const isFree = (name: string) => (metrics.get(name)?.expression ?? expression) === expression;
        let name = wanted;
        for (let count = 2; !isFree(name); count++) name = `${wanted}_${count}`;
        metrics.set(name, { name, stage, expression, statement: id });
      }
    }
  }
  return [...metrics.values()];
}

function metricsOf(bench: Bench, statement: Statement): { name: string; expression: string }[] {
  const scores = statement.calls.filter((call) => isScore(call));
  const assigned = assignedName(statement.node);
  if (assigned !== undefined) {
    const name = assigned.target.id;
    const isResult =
      scores.some(({ node }) => covers(assigned.value, node)) ||
      (metricName.test(name) && isOwnCall(assigned.value, statement));
    return isResult && isNumber(bench, statement, name) ? [{ name, expression: name }] : [];
  }
  if (statement.node.type !== "Expr") return [];
  const python = bench.cells.get(statement.cell)?.translation.python ?? "";
  return scores.map(({ node, callee, text }) => ({
    name: nameOf(callee ?? text),
    expression: python.slice(node.start, node.end),
  }));
}

/** `accuracy_score` gives an accuracy. */
function nameOf(callee: string): string {
  return snakeCase(callee.split(".").at(-1) ?? callee).replace(/_score$/, "") || "score";
}

function isScore({ role, callee, text }: CallSite): boolean {
  return role === "score" && !noNumber.test(callee ?? text);
}

/** The metric itself, or rounded, negated, taken the root of: not a table that holds it among others. */
function covers(value: ast.Expr, call: ast.Call): boolean {
  if (value.start === call.start && value.end === call.end) return true;
  if (value.type === "BinOp") return covers(value.left, call) || covers(value.right, call);
  if (value.type === "UnaryOp") return covers(value.operand, call);
  return value.type === "Call" && value.args.length > 0 && value.args.some((argument) => covers(argument, call));
}

function isOwnCall(value: ast.Expr, { calls }: Statement): boolean {
  return (
    value.type === "Call" &&
    calls.some(({ node, callee }) => node.start === value.start && callee?.startsWith("notebook.") === true)
  );
}

function isNumber(bench: Bench, statement: Statement, name: string): boolean {
  const type = bench.dataflow.valueAfter(statement.id, name)?.type;
  return type === undefined || numbers.test(type);
}
