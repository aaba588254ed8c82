import type * as nbformat from "@jupyterlab/nbformat";
import type { AnalysedCell } from "../../dataflow/model.ts";
import { cellOf } from "../../dataflow/statement-id.ts";
import { joinLines } from "../../notebook/lines.ts";
import type * as ast from "../../python/ast.ts";
import type { ProjectContext } from "../context.ts";

/** A number that the notebook's saved outputs hold for a metric. */
export interface RecordedMetric {
  readonly name: string;
  readonly value: number;
  /** How far another run may be off and still print the same: half of the last digit that was printed. */
  readonly precision: number;
}

const number = /(?<![\w.])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.]*\w)/g;

/**
 * What the notebook recorded for its metrics. Only where there is no doubt which number is meant: a cell with one metric
 * that shows just this value, and whose output holds one number.
 */
export function recordedMetrics(context: ProjectContext): readonly RecordedMetric[] {
  const byCell = Map.groupBy(context.plan.metrics, ({ statement }) => cellOf(statement));
  return [...byCell].flatMap(([index, metrics]): readonly RecordedMetric[] => {
    const [metric] = metrics;
    const analysed = context.dataflow.cells.find(({ cell: { index: at } }) => at === index);
    if (metric === undefined || metrics.length > 1 || analysed === undefined) return [];
    if (!showsOnly(analysed, metric.expression)) return [];
    const numbers = [...analysed.cell.outputs.flatMap(textsOf).join("\n").matchAll(number)].map(([text]) => text);
    const [text] = numbers;
    if (text === undefined || numbers.length > 1) return [];
    return [{ name: metric.name, value: Number(text), precision: precisionOf(text) }];
  });
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
