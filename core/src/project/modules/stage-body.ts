import type { Stage } from "../../plan/plan.ts";
import { scopesBelow, scopesOfStatement } from "../../python/scopes.ts";
import { walk } from "../../python/walk.ts";
import type { ProjectContext } from "../context.ts";
import { commandEdits } from "../edits/command-edits.ts";
import { declaredGlobals } from "../edits/declared-globals.ts";
import { displayEdits, drawsFigures } from "../edits/display-edits.ts";
import { lambdaEdits } from "../edits/lambda-edits.ts";
import { callEdits } from "../edits/lift-edits.ts";
import { type CollectedMetric, collectMetrics, metricEdits, wordsOfStage } from "../edits/metric-edits.ts";
import { namespaceEdits, openNamespaceLines, opensNamespace } from "../edits/open-namespace.ts";
import { parameterEdits, parameterExpression, parameterOfName } from "../edits/parameter-edits.ts";
import { remarkEdits } from "../edits/remark-edits.ts";
import { looksIntoGlobals, scopeEdits, waitsAtTop } from "../edits/scope-edits.ts";
import { shadowedNames } from "../edits/shadowed-names.ts";
import type { SourceEdit } from "../edits/source-edit.ts";
import { statementText } from "../edits/statement-text.ts";
import { captureEdits } from "../edits/text-captures.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import { originMark, originMarkEnd } from "../origin-marks.ts";
import { asComments, proseAbove, proseOfStage } from "../pages/prose.ts";
import { freshName, wordsOf } from "../words.ts";
import { boundBy } from "./definition-table.ts";

/** The statements of a stage as the body of a function. */
export interface StageBody {
  /** Indented, with origin marks. */
  readonly text: string;
  readonly isAsync: boolean;
  readonly metrics: readonly CollectedMetric[];
  /** What its parameters object is called: `params`, or another name where the author's code has that one. */
  readonly params: string;
  readonly usesParams: boolean;
  /** Its statements may bind or read names that nobody sees; its variables are its module's. */
  readonly isOpen: boolean;
  /** Imports that the rewritten parts need. */
  readonly imports: readonly string[];
}

const indent = "    ";

/** A stage's statements, rewritten to mean inside of a function what they meant in the notebook. */
export function stageBody(context: ProjectContext, stage: Stage): StageBody {
  const authorWords = wordsOfStage(context, stage);
  const statements = stage.statements.map((id) => context.source.statement(id));
  const names = statements.flatMap((sourced) => [...namesIn(sourced)]);
  const params = freshName("params", new Set([...names, ...stage.inputs.map(({ name }) => name)]), "of_run");
  const metrics = collectMetrics(context, stage, authorWords);
  const inputs = stage.inputs.map(({ name }) => name);
  const variables = new Set([...inputs, ...statements.flatMap(boundBy)]);
  const isOpen = opensNamespace(statements);
  const lines: string[] = [];
  const imports: string[] = [];
  let previous: SourcedStatement | undefined;
  let cellDraws = false;
  for (const sourced of statements) {
    const isNewCell = previous?.cell !== sourced.cell;
    if (previous !== undefined && (isNewCell || sourced.afterGap)) lines.push("");
    cellDraws = (!isNewCell && cellDraws) || drawsFigures(context, sourced);
    const commands = commandEdits(context, sourced);
    const inTexts = namedInTexts(context, sourced, variables);
    const displays = displayEdits(context, sourced, cellDraws);
    const edits = [
      ...lambdaEdits(context, sourced),
      ...parameterEdits(context, sourced, params),
      ...callEdits(context, sourced, (name) => readGlobal(context, name, params, variables)),
      ...(isOpen ? namespaceEdits(sourced) : []),
      ...scopeEdits(sourced, isOpen ? new Set() : variables),
      ...captureEdits(sourced, inTexts),
      ...remarkEdits(sourced, indent),
      ...commands.edits,
    ];
    const reported = metricEdits(metrics, sourced, edits);
    const isReported = isBareMetric(sourced, metrics);
    // What a command became is a statement, which has no value to show.
    const isShown = !isReported && commands.edits.length === 0;
    const all = [...(isShown ? displays.edits : []), ...reported.edits, ...edits];
    const prose =
      previous === undefined
        ? proseOfStage(context.prose, stage, context.plan).part
        : proseAbove(context.prose, sourced.id, [stage.title]);
    const isIdle = isNameAlone(sourced) && all.length === 0;
    const text = statementText(sourced, isIdle ? [withoutCode(sourced)] : all, indent).trimEnd();
    lines.push(...asComments(prose, indent, text));
    if (text !== "") {
      lines.push(indent + originMark(sourced.id));
      lines.push(...reported.before.map((line) => indent + line));
      lines.push(text);
      lines.push(indent + originMarkEnd);
    }
    if (displays.after !== undefined) lines.push(indent + displays.after);
    lines.push(...reported.after.map((line) => indent + line));
    const below = asComments(context.prose.below.get(sourced.id) ?? [], indent);
    if (below.length > 0) lines.push("", ...below);
    imports.push(...commands.imports);
    previous = sourced;
  }
  const shadowed = shadowedNames(context, new Set(inputs), statements);
  const bindings = parameterBindings(context, stage, isOpen ? "all" : statements, params);
  const declared = isOpen
    ? { lines: openNamespaceLines([...variables, ...bindings.map(({ name }) => name)], inputs), imports: [] }
    : declaredGlobals(statements, variables, new Set(inputs));
  const preamble = [...declared.lines, ...shadowed.lines, ...bindings.map(({ line }) => line)];
  const text = [...preamble.map((line) => indent + line), ...lines].join("\n");
  return {
    text,
    isAsync: statements.some(({ statement }) => waitsAtTop(statement.node)),
    metrics,
    params,
    usesParams: wordsOf(text).has(params),
    isOpen,
    imports: [...imports, ...declared.imports, ...shadowed.imports],
  };
}

/** The stage's variables, and parameters that it binds, that a statement names in texts only. */
function namedInTexts(context: ProjectContext, { statement }: SourcedStatement, variables: ReadonlySet<string>) {
  const all = [...context.namesInTexts.of(statement)];
  return new Set(all.filter((name) => variables.has(name) || parameterOfName(context, name) !== undefined));
}

/** The names that a statement uses in any block, and the variables that a query in a text may name. */
function namesIn({ statement: { node }, python }: SourcedStatement): ReadonlySet<string> {
  const names = new Set(
    [...python.slice(node.start, node.end).matchAll(/@([\p{L}_]\w*)/gu)].map(([, name = ""]) => name),
  );
  const top = scopesOfStatement(node);
  for (const scope of [top, ...scopesBelow(top)]) for (const name of scope.names.keys()) names.add(name);
  return names;
}

/** A bare expression whose value is a metric: it stands in metrics.json, and needs not be shown as well. */
function isBareMetric({ statement: { node }, python }: SourcedStatement, metrics: readonly CollectedMetric[]): boolean {
  if (node.type !== "Expr") return false;
  const text = python.slice(node.value.start, node.value.end);
  return metrics.some(({ metric }) => metric.expression === text);
}

/** A name by itself: where nothing shows its value it does nothing, and only the remarks about it stay. */
function isNameAlone({ statement: { node } }: SourcedStatement): boolean {
  return node.type === "Expr" && node.value.type === "Name";
}

function withoutCode({ code: { start, end } }: SourcedStatement): SourceEdit {
  return { start, end, text: "" };
}

/** How a stage reads what was a global of the notebook. */
function readGlobal(context: ProjectContext, name: string, params: string, variables: ReadonlySet<string>): string {
  const parameter = variables.has(name) ? undefined : parameterOfName(context, name);
  return parameter === undefined ? name : parameterExpression(context, parameter, params);
}

/**
 * A name that a parameter replaced, in places where the plan lists no use (inside a text such as a query, in
 * `f"{n=}"`): it is bound at the top of the function, so that nothing that reads it can miss it. `all` where any name
 * may be read.
 */
function parameterBindings(
  context: ProjectContext,
  stage: Stage,
  statements: readonly SourcedStatement[] | "all",
  params: string,
): readonly { readonly name: string; readonly line: string }[] {
  const inputs = new Set(stage.inputs.map(({ name }) => name));
  return context.plan.parameters.flatMap((parameter) => {
    if (parameter.replaces === undefined) return [];
    const names = boundBy(context.source.statement(parameter.replaces)).filter((name) => !inputs.has(name));
    return names
      .filter((name) => statements === "all" || statements.some((each) => readsUnlisted(context, each, params, name)))
      .map((name) => ({ name, line: `${name} = ${parameterExpression(context, parameter, params)}` }));
  });
}

function readsUnlisted(context: ProjectContext, sourced: SourcedStatement, params: string, name: string): boolean {
  const root = sourced.statement.node;
  if (looksIntoGlobals(root).length > 0 || context.namesInTexts.of(sourced.statement).has(name)) return true;
  const named = walk(root).filter(({ node }) => node.type === "Name" && node.id === name);
  if (named.length === 0) return false;
  const edits = parameterEdits(context, sourced, params);
  return named.some(({ node }) => !edits.some(({ start, end }) => start <= node.start && node.end <= end));
}
