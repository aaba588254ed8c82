import type { Stage } from "../../plan/plan.ts";
import { usesOfGlobal } from "../../python/global-uses.ts";
import { scopesBelow, scopesOfStatement } from "../../python/scopes.ts";
import type { ProjectContext } from "../context.ts";
import { commandEdits } from "../edits/command-edits.ts";
import { declaredGlobals } from "../edits/declared-globals.ts";
import { displayEdits } from "../edits/display-edits.ts";
import { drawsFigures } from "../edits/drawing-calls.ts";
import { lambdaEdits } from "../edits/lambda-edits.ts";
import { callEdits } from "../edits/lift-edits.ts";
import { type CollectedMetric, collectMetrics, metricEdits, wordsOfStage } from "../edits/metric-edits.ts";
import { namespaceEdits, openNamespaceLines, opensNamespace } from "../edits/open-namespace.ts";
import { parameterEdits, parameterExpression, parameterOfName } from "../edits/parameter-edits.ts";
import { remarkEdits } from "../edits/remark-edits.ts";
import { looksIntoGlobals, scopeEdits, waitsAtTop } from "../edits/scope-edits.ts";
import { type ShadowedNames, shadowedNames } from "../edits/shadowed-names.ts";
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

/** What all statements of a stage are rewritten by. */
interface BodyScope {
  readonly context: ProjectContext;
  readonly stage: Stage;
  readonly metrics: readonly CollectedMetric[];
  readonly params: string;
  /** What is the function's own: its inputs, and what its statements bind. */
  readonly variables: ReadonlySet<string>;
  readonly isOpen: boolean;
  readonly shadowed: ShadowedNames;
}

/** A stage's statements, rewritten to mean inside of a function what they meant in the notebook. */
export function stageBody(context: ProjectContext, stage: Stage): StageBody {
  const statements = stage.statements.map((id) => context.source.statement(id));
  const inputs = stage.inputs.map(({ name }) => name);
  const names = statements.flatMap((sourced) => [...namesIn(sourced)]);
  const scope: BodyScope = {
    context,
    stage,
    metrics: collectMetrics(context, stage, wordsOfStage(context, stage)),
    params: freshName("params", new Set([...names, ...inputs]), "of_run"),
    variables: new Set([...inputs, ...statements.flatMap(boundBy)]),
    isOpen: opensNamespace(statements),
    shadowed: shadowedNames(context, new Set(inputs), statements),
  };
  const written = writtenStatements(scope, statements);
  const before = preamble(scope, statements, inputs);
  const text = [...before.lines.map((line) => indent + line), ...written.lines].join("\n");
  const { isOpen, metrics, params } = scope;
  return {
    text,
    isAsync: statements.some(({ statement }) => waitsAtTop(statement.node)),
    metrics,
    params,
    usesParams: wordsOf(text).has(params),
    isOpen,
    imports: [...written.imports, ...before.imports],
  };
}

/** Lines of a module, and what they need of imports. */
interface WrittenLines {
  readonly lines: readonly string[];
  readonly imports: readonly string[];
}

/** What stands before the statements, so that their names mean what they meant; not indented yet. */
function preamble(
  { context, isOpen, params, shadowed, stage, variables }: BodyScope,
  statements: readonly SourcedStatement[],
  inputs: readonly string[],
): WrittenLines {
  const bindings = parameterBindings(context, stage, isOpen ? "all" : statements, params);
  const declared = isOpen
    ? { lines: openNamespaceLines([...variables, ...bindings.map(({ name }) => name)], inputs), imports: [] }
    : declaredGlobals(statements, variables, new Set(inputs));
  return {
    lines: [...declared.lines, ...shadowed.lines, ...bindings.map(({ line }) => line)],
    imports: [...declared.imports, ...shadowed.imports],
  };
}

function writtenStatements(scope: BodyScope, statements: readonly SourcedStatement[]): WrittenLines {
  const { context, stage } = scope;
  const lines: string[] = [];
  const imports: string[] = [];
  let previous: SourcedStatement | undefined;
  let cellDraws = false;
  for (const [at, sourced] of statements.entries()) {
    const isNewCell = previous?.cell !== sourced.cell;
    if (previous !== undefined && (isNewCell || sourced.afterGap)) lines.push("");
    cellDraws = (!isNewCell && cellDraws) || drawsFigures(context, sourced);
    const prose =
      previous === undefined
        ? proseOfStage(context.prose, stage, context.plan).part
        : proseAbove(context.prose, sourced.id, stage.name, [stage.title]);
    const endsPlots =
      sourced.isLastOfCell || (statements[at + 1]?.cell !== sourced.cell && !drawsLater(context, sourced));
    const written = writtenStatement(scope, sourced, { cellDraws, endsPlots }, prose);
    lines.push(...written.lines);
    imports.push(...written.imports);
    previous = sourced;
  }
  return { lines, imports };
}

/** Whether the rest of its cell, which is in other stages, draws: there the figures are shown, not here. */
function drawsLater(context: ProjectContext, { cell, statement: { ordinal } }: SourcedStatement): boolean {
  const rest = new Set(cell.statements.flatMap((each) => (each.ordinal > ordinal ? each.id : [])));
  const staged = context.plan.stages.flatMap(({ statements }) => statements.filter((id) => rest.has(id)));
  return staged.some((id) => drawsFigures(context, context.source.statement(id)));
}

/**
 * @param plots Whether its cell has drawn figures by now, and whether nothing of it that draws follows.
 * @param prose What the author wrote above it.
 */
function writtenStatement(
  scope: BodyScope,
  sourced: SourcedStatement,
  { cellDraws, endsPlots }: { readonly cellDraws: boolean; readonly endsPlots: boolean },
  prose: ReturnType<typeof proseAbove>,
): WrittenLines {
  const { context, metrics, shadowed } = scope;
  const commands = commandEdits(context, sourced);
  const displays = displayEdits(context, sourced, cellDraws, endsPlots);
  const edits = [...meaningEdits(scope, sourced), ...commands.edits];
  const reported = metricEdits(metrics, sourced, edits);
  // What a command became is a statement, which has no value to show.
  const isShown = !isBareMetric(sourced, metrics) && commands.edits.length === 0;
  const all = [...(isShown ? displays.edits : []), ...reported.edits, ...edits];
  const isIdle = isNameAlone(sourced) && all.length === 0;
  const text = statementText(sourced, isIdle ? [withoutCode(sourced)] : all, indent).trimEnd();
  const code = [
    indent + originMark(sourced.id),
    ...(shadowed.above.get(sourced.id) ?? []).map((line) => indent + line),
    ...reported.before.map((line) => indent + line),
    text,
    indent + originMarkEnd,
  ];
  const after = [
    ...(displays.after === undefined ? [] : [displays.after]),
    ...reported.after,
    ...(shadowed.below.get(sourced.id) ?? []),
  ];
  const below = asComments(context.prose.below.get(sourced.id) ?? [], indent);
  return {
    lines: [
      ...asComments(prose, indent, text),
      ...(text === "" ? [] : code),
      ...after.map((line) => indent + line),
      ...(below.length > 0 ? ["", ...below] : []),
    ],
    imports: commands.imports,
  };
}

/** What makes a statement mean in a function what it meant in the notebook. */
function meaningEdits({ context, isOpen, params, variables }: BodyScope, sourced: SourcedStatement): SourceEdit[] {
  const inTexts = namedInTexts(context, sourced, variables);
  return [
    ...lambdaEdits(context, sourced),
    ...parameterEdits(context, sourced, params),
    ...callEdits(context, sourced, (name) => readGlobal(context, name, params, variables)),
    ...(isOpen ? namespaceEdits(sourced) : []),
    ...scopeEdits(sourced, isOpen ? new Set() : variables),
    ...captureEdits(sourced, inTexts),
    ...remarkEdits(sourced, indent),
  ];
}

/** The stage's variables, and parameters that it binds, that a statement names in texts only. */
function namedInTexts(context: ProjectContext, { statement }: SourcedStatement, variables: ReadonlySet<string>) {
  const all = [...context.namesInTexts.of(statement)];
  return new Set(all.filter((name) => variables.has(name) || parameterOfName(context, name) !== undefined));
}

/** The names that a statement uses in any block, and the variables that a query in a text may name. */
function namesIn({ statement: { node }, python }: SourcedStatement): ReadonlySet<string> {
  const names = new Set(
    [...python.slice(node.start, node.end).matchAll(/@([\p{L}_][\p{L}\p{M}\p{N}_]*)/gu)].map(([, name = ""]) => name),
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
  const named = usesOfGlobal(root, name);
  if (named.length === 0) return false;
  const edits = parameterEdits(context, sourced, params);
  return named.some((node) => !edits.some(({ start, end }) => start <= node.start && node.end <= end));
}
