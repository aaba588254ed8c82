import type { CallSite, Statement, StatementId } from "../dataflow/model.ts";
import type * as ast from "../python/ast.ts";
import type { Bench } from "./bench.ts";
import { snakeCase } from "./names.ts";
import { isOwnCall } from "./parameters/meanings.ts";
import type { Metric } from "./plan.ts";
import { assignedName } from "./statement-kinds.ts";

/** Results of these are no number. */
const noNumber =
  /(confusion_matrix|classification_report|_curve|_display|Display|cross_val_score|cross_validate|multilabel)/i;

/** What such a name makes is an instance: `PredefinedHoldoutSplit(...)` of a library of scores. */
const className = /(?:^|\.)[A-Z]+[a-z]\w*$/;

/** What people call a number that says how good something is. */
const metricName =
  /(^|_)(acc|accuracy|score|loss|mae|mse|rmse|rmsle|mape|smape|r2|auc|roc_auc|f1|precision|recall|error|logloss|perplexity|bleu|iou|dice)(_|$)/i;

const numbers = /^(builtins\.)?(int|float)$|^numpy\.(float|int)\d*$/;

/** A number that a statement reports. */
interface Reported {
  readonly name: string;
  /** The name where the notebook reports several of that one. */
  readonly longer: string;
  readonly expression: string;
}

/** The numbers that the notebook reports: results of metric functions, by the name that holds them or as they are shown. */
export function findMetrics(
  bench: Bench,
  stages: readonly { readonly name: string; readonly statements: readonly StatementId[] }[],
): readonly Metric[] {
  const all = stages.flatMap(({ name: stage, statements }) =>
    statements.flatMap((id) => {
      const statement = bench.factsById.get(id)?.statement;
      const reported = statement === undefined ? [] : metricsOf(bench, statement);
      return reported.map((each) => ({ ...each, stage, statement: id }));
    }),
  );
  const expressions = Map.groupBy(all, ({ name }) => name);
  const isShared = (name: string) => new Set(expressions.get(name)?.map(({ expression }) => expression)).size > 1;
  const metrics = new Map<string, Metric>();
  for (const { name: short, longer, expression, stage, statement } of all) {
    const wanted = isShared(short) ? longer : short;
    // A name that is bound again holds the last result; what is shown again is another result.
    const isFree = (name: string) => {
      const known = metrics.get(name);
      if (known === undefined) return true;
      return known.expression === expression && (/^\w+$/.test(expression) || known.statement === statement);
    };
    let name = wanted;
    for (let count = 2; !isFree(name); count++) name = `${wanted}_${count}`;
    metrics.set(name, { name, stage, expression, statement });
  }
  return [...metrics.values()];
}

function metricsOf(bench: Bench, statement: Statement): readonly Reported[] {
  const scores = statement.calls.filter((call) => isScore(call));
  const assigned = assignedName(statement.node);
  if (assigned !== undefined) {
    const name = assigned.target.id;
    const isResult =
      scores.some(({ node }) => covers(assigned.value, node)) ||
      (metricName.test(name) && callsOwn(assigned.value, statement));
    return isResult && isNumber(bench, statement, name) ? [{ name, longer: name, expression: name }] : [];
  }
  const unpacked = unpackedNames(statement.node);
  if (unpacked !== undefined) {
    const isScored = scores.some(({ node }) => node === unpacked.value);
    const isResult = (name: string) =>
      isScored ? isNumber(bench, statement, name) : numbers.test(typeAfter(bench, statement, name) ?? "");
    if (!isScored && !callsOwn(unpacked.value, statement)) return [];
    return unpacked.names
      .filter((name) => metricName.test(name) && isResult(name))
      .map((name) => ({ name, longer: name, expression: name }));
  }
  if (statement.node.type !== "Expr") return [];
  const python = bench.cells.get(statement.cell)?.translation.python ?? "";
  return scores.map((call) => ({
    name: nameOf(call),
    longer: longerNameOf(call),
    expression: python.slice(call.node.start, call.node.end),
  }));
}

/** The names that a result is taken apart into: `loss, mae = model.evaluate(X, y)`. */
function unpackedNames(node: ast.Stmt): { readonly names: readonly string[]; readonly value: ast.Expr } | undefined {
  const [target, ...others] = node.type === "Assign" ? node.targets : [];
  if (node.type !== "Assign" || others.length > 0 || target?.type !== "Tuple") return undefined;
  return { names: target.elts.flatMap((each) => (each.type === "Name" ? [each.id] : [])), value: node.value };
}

/** `accuracy_score` gives an accuracy. */
function nameOf({ callee, text }: CallSite): string {
  const own = (callee ?? text).split(".").at(-1) ?? text;
  return snakeCase(own).replace(/_score$/, "") || "score";
}

/** The part of the data that it was computed on, in the words of the variables that hold it. */
const partOfData = /(?:^|_)(train(?:ing)?|test(?:ing)?|val(?:id(?:ation)?)?|dev|holdout)(?=_|\d|$)/i;

/** With whose it is and what of the data it was computed on: `forest_score_test`. */
function longerNameOf(call: CallSite): string {
  const given = [...call.argumentNames.values()].flat();
  const part = given.map((name) => partOfData.exec(name)?.[1]).find((found) => found !== undefined);
  const words = [call.receiver, nameOf(call), part?.toLowerCase()];
  return words.filter((word) => word !== undefined && word !== "").join("_");
}

function isScore({ role, callee, text }: CallSite): boolean {
  const name = callee ?? text;
  return role === "score" && !noNumber.test(name) && !className.test(name);
}

/** The metric itself, or rounded, negated, taken the root of: not a table that holds it among others. */
function covers(value: ast.Expr, call: ast.Call): boolean {
  if (value.start === call.start && value.end === call.end) return true;
  if (value.type === "BinOp") return covers(value.left, call) || covers(value.right, call);
  if (value.type === "UnaryOp") return covers(value.operand, call);
  return value.type === "Call" && value.args.length > 0 && value.args.some((argument) => covers(argument, call));
}

function callsOwn(value: ast.Expr, { calls }: Statement): boolean {
  return value.type === "Call" && calls.some((call) => call.node.start === value.start && isOwnCall(call));
}

function isNumber(bench: Bench, statement: Statement, name: string): boolean {
  const type = typeAfter(bench, statement, name);
  return type === undefined || numbers.test(type);
}

function typeAfter({ dataflow }: Bench, { id }: Statement, name: string): string | undefined {
  return dataflow.valueAfter(id, name)?.type;
}
