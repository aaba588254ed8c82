import type * as nbformat from "@jupyterlab/nbformat";
import type { AnalysedCell } from "../../dataflow/model.ts";
import { cellOf } from "../../dataflow/statement-id.ts";
import { joinLines } from "../../notebook/lines.ts";
import type { Metric } from "../../plan/plan.ts";
import type * as ast from "../../python/ast.ts";
import type { ProjectContext } from "../context.ts";
import { printedLine } from "./printed-lines.ts";

/** A number that the notebook's saved outputs hold for a metric. */
export interface RecordedMetric {
  readonly name: string;
  readonly value: number;
  /** How far another run may be off and still print the same: half of the last digit that was printed. */
  readonly precision: number;
}

const number = /(?<![\w.])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.]*\w)/g;

/** Longer outputs are not searched. */
const longestOutput = 100_000;

/**
 * What the notebook recorded for its metrics. Only where there is no doubt which number is meant: a cell with one metric
 * that shows just this value, and whose output holds one number; or a line that is known by the words of its `print`.
 */
export function recordedMetrics(context: ProjectContext): readonly RecordedMetric[] {
  const byCell = Map.groupBy(context.plan.metrics, ({ statement }) => cellOf(statement));
  return [...byCell].flatMap(([index, metrics]): readonly RecordedMetric[] => {
    const analysed = context.dataflow.cells.find(({ cell: { index: at } }) => at === index);
    if (analysed === undefined) return [];
    const output = analysed.cell.outputs.flatMap(textsOf).join("\n");
    const only = onlyNumber(analysed, metrics, output);
    return only === undefined ? numbersInLines(analysed, metrics, output) : [only];
  });
}

function onlyNumber(cell: AnalysedCell, metrics: readonly Metric[], output: string): RecordedMetric | undefined {
  const [metric, ...others] = metrics;
  if (metric === undefined || others.length > 0 || !showsOnly(cell, metric.expression)) return undefined;
  const [text, ...more] = [...output.matchAll(number)].map(([found]) => found);
  return text === undefined || more.length > 0 ? undefined : recorded(metric, text);
}

/** The numbers of the lines that a cell's own `print`s write, each of which stands once in its output. */
function numbersInLines(cell: AnalysedCell, metrics: readonly Metric[], output: string): readonly RecordedMetric[] {
  const { statements, translation } = cell;
  if (output.length > longestOutput) return [];
  const bound = statements.flatMap(({ accesses }) => accesses.filter(({ kind }) => kind === "bind"));
  const isBoundOnce = (name: string) => bound.filter(({ place }) => place.name === name).length <= 1;
  const wanted = metrics.filter(({ expression }) => isBoundOnce(expression));
  const found = new Map<string, string>();
  const known = new Set<string>();
  for (const { id, node } of statements) {
    for (const { statement, expression } of wanted) if (statement === id) known.add(expression);
    const line = printedLine(node, translation.python, known);
    const [match, ...others] = line === undefined ? [] : [...output.matchAll(line.pattern)];
    if (line === undefined || match === undefined || others.length > 0) continue;
    for (const [at, expression] of line.expressions.entries()) found.set(expression, match[at + 1] ?? "");
  }
  return wanted.flatMap((metric) => {
    const text = found.get(metric.expression);
    return text === undefined ? [] : [recorded(metric, text)];
  });
}

function recorded({ name }: Metric, text: string): RecordedMetric {
  return { name, value: Number(text), precision: precisionOf(text) };
}

/** True where the cell shows something once, and the value itself is in it: not a multiple, not a share in percent. */
function showsOnly({ statements, translation: { python } }: AnalysedCell, expression: string): boolean {
  const wanted = expression.replace(/\s+/g, "");
  const shown = statements.flatMap(({ node }, at) => {
    if (node.type !== "Expr") return [];
    const { value } = node;
    const isPrint = value.type === "Call" && value.func.type === "Name" && /^(print|display)$/.test(value.func.id);
    return isPrint ? [value.args] : at === statements.length - 1 ? [[value]] : [];
  });
  const [values] = shown;
  if (values === undefined || shown.length > 1) return false;
  return values.flatMap(shownParts).some(({ start, end }) => python.slice(start, end).replace(/\s+/g, "") === wanted);
}

/** The values that an expression shows as they are. */
function shownParts(node: ast.Expr): readonly ast.Expr[] {
  if (node.type !== "JoinedStr") return [node];
  return node.values.flatMap((part) => {
    const isShare =
      part.type === "FormattedValue" &&
      part.format_spec?.values.some((text) => /%/.test(String("value" in text && text.value)));
    return part.type === "FormattedValue" && !isShare ? [part.value] : [];
  });
}

function precisionOf(text: string): number {
  const [, decimals = "", exponent = "0"] = /^[-+]?\d+(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(text) ?? [];
  return 0.5 * 10 ** (Number(exponent) - decimals.length);
}

function textsOf(output: nbformat.IOutput): readonly string[] {
  if (output.output_type === "stream") return [joinLines(output.text) ?? ""];
  if (output.output_type !== "execute_result" && output.output_type !== "display_data") return [];
  const data = (output.data ?? {}) as Readonly<Record<string, unknown>>;
  return "text/plain" in data ? [joinLines(data["text/plain"]) ?? ""] : [];
}
