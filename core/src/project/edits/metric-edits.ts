import type { Metric, Stage } from "../../plan/plan.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import type { ProjectContext } from "../context.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import { freshName, slug, wordsOf } from "../words.ts";
import { applyEdits, type SourceEdit } from "./source-edit.ts";

/** How a stage comes to know one of its metrics. */
export interface CollectedMetric {
  readonly metric: Metric;
  /** What stands for it when the stage returns. */
  readonly expression: string;
  /** Where the value has no name, or a name that is bound again later: what keeps it. */
  readonly kept?: { readonly node: ast.Expr; readonly isBare: boolean } | { readonly after: true };
}

/**
 * The metrics of a stage and how each is collected: a variable that still holds it at the end is read there; a value
 * that was only printed gets a name where it is computed. A value that is computed only on some paths is not collected.
 */
export function collectMetrics(
  context: ProjectContext,
  stage: Stage,
  words: ReadonlySet<string>,
): readonly CollectedMetric[] {
  const taken = new Set(words);
  const collected: CollectedMetric[] = [];
  for (const metric of context.plan.metrics) {
    const at = stage.statements.indexOf(metric.statement);
    if (metric.stage !== stage.name || at === -1) continue;
    const sourced = context.source.statement(metric.statement);
    if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(metric.expression)) {
      if (!isBoundLater(context, stage, at, metric.expression)) {
        collected.push({ metric, expression: metric.expression });
        continue;
      }
      const name = freshName(slug(metric.name, "metric"), taken, "kept");
      taken.add(name);
      collected.push({ metric, expression: name, kept: { after: true } });
      continue;
    }
    const node = expressionIn(sourced, metric.expression);
    if (node === undefined) continue;
    const name = freshName(slug(metric.name, "metric"), taken, metric.name.endsWith("score") ? "value" : "score");
    taken.add(name);
    const root = sourced.statement.node;
    collected.push({ metric, expression: name, kept: { node, isBare: root.type === "Expr" && root.value === node } });
  }
  return collected;
}

function isBoundLater(context: ProjectContext, stage: Stage, at: number, name: string): boolean {
  return stage.statements
    .slice(at + 1)
    .some((id) =>
      context.source
        .statement(id)
        .statement.accesses.some((access) => access.kind !== "read" && access.place.name === name),
    );
}

/** The expression with that text, where it is computed exactly once whenever the statement runs. */
function expressionIn(sourced: SourcedStatement, text: string): ast.Expr | undefined {
  const { node } = sourced.statement;
  if (node.type !== "Expr") return undefined;
  const wanted = text.replace(/\s+/g, "");
  let found: ast.Expr | undefined;
  const conditional: { start: number; end: number }[] = [];
  for (const { node: each } of walk(node)) {
    if (/^(Lambda|IfExp|BoolOp|ListComp|SetComp|DictComp|GeneratorExp)$/.test(each.type)) conditional.push(each);
    if (each === node || each.type === "JoinedStr" || each.type === "TemplateStr" || !("start" in each)) continue;
    if (found === undefined && sourced.python.slice(each.start, each.end).replace(/\s+/g, "") === wanted) {
      found = each as ast.Expr;
    }
  }
  if (found === undefined) return undefined;
  const { start, end } = found;
  return conditional.some((each) => each !== found && each.start <= start && each.end >= end) ? undefined : found;
}

/** What collects the metrics of a statement: edits of it, and lines before and after it. */
export function metricEdits(
  collected: readonly CollectedMetric[],
  sourced: SourcedStatement,
  others: readonly SourceEdit[],
): { readonly edits: readonly SourceEdit[]; readonly before: readonly string[]; readonly after: readonly string[] } {
  const edits: SourceEdit[] = [];
  const before: string[] = [];
  const after: string[] = [];
  for (const { metric, expression, kept } of collected) {
    if (metric.statement !== sourced.id || kept === undefined) continue;
    if ("after" in kept) {
      after.push(`${expression} = ${metric.expression}`);
      continue;
    }
    const { node, isBare } = kept;
    if (isBare) {
      edits.push({ start: node.start, end: node.start, text: `${expression} = ` });
      continue;
    }
    const text = applyEdits(sourced.python, node, others);
    before.push(`${expression} = ${text.includes("\n") ? `(${text})` : text}`);
    edits.push({ start: node.start, end: node.end, text: expression });
  }
  return { edits, before, after };
}

/** The words of a stage's statements: every name that it could use. */
export function wordsOfStage(context: ProjectContext, stage: Stage): ReadonlySet<string> {
  const texts = stage.statements.map((id) => {
    const { python, code } = context.source.statement(id);
    return python.slice(code.start, code.end);
  });
  return wordsOf(texts.join("\n"));
}
