import type { CallSite, Statement } from "../../dataflow/model.ts";
import type { ArgumentSelector, Effect } from "../../effects/effect.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { given, meets } from "../../rules/condition.ts";
import type { ProjectContext } from "../context.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import { displayName, figureName } from "./display-name.ts";
import { callDraws, drawsFigures } from "./drawing-calls.ts";
import { answersNothing } from "./silent-calls.ts";
import type { SourceEdit } from "./source-edit.ts";
import { symbolsBound } from "./symbol-edits.ts";

/** What shows a value or the figures in the generated project: functions of its module `displays`. */
export interface DisplayEdits {
  readonly edits: readonly SourceEdit[];
  /** A line to add after the statement. */
  readonly after?: string;
}

/** Calls whose value nobody looks at: the fitted model, the axes of a plot, what a setting answers. */
const notLookedAt: ReadonlySet<string> = new Set(["plot", "fit", "fit-transform", "setting", "seed", "save"]);

/** Methods that nobody calls for their answer, whatever they are called on. */
const onlyChanging: ReadonlySet<string> = new Set(["append", "extend", "insert", "clear", "discard"]);

/**
 * What a cell's statement showed: a bare last expression, `display(...)`, `plt.show()`, and the figures that are open
 * at the end of a cell.
 *
 * @param plotsBefore Its cell has drawn figures in its stage. @param endsPlots Nothing of its cell that draws follows.
 */
export function displayEdits(
  context: ProjectContext,
  sourced: SourcedStatement,
  plotsBefore: boolean,
  endsPlots = sourced.isLastOfCell,
): DisplayEdits {
  const edits = [...figureEdits(context, sourced), ...displayCallEdits(context, sourced)];
  const { node, calls } = sourced.statement;
  const isShown = sourced.isLastOfCell && !sourced.silenced;
  const symbols = symbolsBound(sourced);
  if (symbols !== undefined) return showSymbols(context, sourced, symbols, isShown);
  if (node.type === "Expr" && isShown && isLookedAt(node.value, calls) && !answersNothing(context, node.value, calls)) {
    edits.push(...showing(context, sourced, node.value));
  }
  const plots = plotsBefore || drawsFigures(context, sourced);
  const shown = figureEdits(context, sourced).some((edit) => edit.end >= node.end);
  if (!endsPlots || !plots || shown) return { edits };
  return { edits, after: showFigures(context, sourced) };
}

/** Hands a bare expression to what shows it, in place of the brackets around it: `(table\n .groupby("a")\n .sum())`. */
function showing(context: ProjectContext, { python, statement }: SourcedStatement, value: ast.Expr): SourceEdit[] {
  const { start, end } = statement.node;
  // A remark between the brackets and the expression stays, and so do they.
  const isBare = !/[#\\]/.test(python.slice(start, value.start) + python.slice(value.end, end));
  const [from, to] = isBare ? [start, end] : [value.start, value.end];
  // A tuple needs brackets of its own to be one argument.
  const [open, close] = value.type === "Tuple" && !hasBrackets(python, value) ? ["(", ")"] : ["", ""];
  const name = JSON.stringify(displayName(context.imports, value));
  return [
    { start: from, end: value.start, text: `${context.displays.show}(${open}` },
    { start: value.end, end: to, text: `${close}, name=${name})` },
  ];
}

/** True for `(a, b)` and `((a), b)`, not for `(a), b`, as far as no remark stands in between. */
function hasBrackets(python: string, { elts: [first], start, end }: ast.Display): boolean {
  if (first === undefined) return true;
  const before = python.slice(start, first.start);
  const [behind = ""] = python.slice(first.end, end).split(",", 1);
  return !`${before}${behind}`.includes("#") && before.split("(").length > behind.split(")").length;
}

/** `var("x y")` shows the symbols that it makes, which the project assigns: `x, y = var("x y")`. */
function showSymbols(
  { displays }: ProjectContext,
  { statement: { node } }: SourcedStatement,
  names: readonly string[],
  isShown: boolean,
): DisplayEdits {
  const edits = [{ start: node.start, end: node.start, text: `${names.join(", ")} = ` }];
  const value = names.length === 1 ? names[0] : `(${names.join(", ")})`;
  return isShown ? { edits, after: `${displays.show}(${value}, name="${names.join("_")}")` } : { edits };
}

/** The call that shows what is open, and closes it where the notebook does. */
function showFigures({ displays, imports, openFigures }: ProjectContext, sourced: SourcedStatement): string {
  const keep = openFigures.has(sourced.statement.cell) ? ", keep=True" : "";
  return `${displays.figures}(${JSON.stringify(figureName(imports, sourced))}${keep})`;
}

/** True for an expression whose value the project does not show where the notebook does: nobody looks at it. */
export function isPassedOver({ node, calls }: Statement): boolean {
  return node.type === "Expr" && !isLookedAt(node.value, calls);
}

function isLookedAt(value: ast.Expr, calls: readonly CallSite[]): boolean {
  if (value.type === "Constant" || value.type === "Await") return false;
  if (value.type !== "Call") return true;
  if (isDisplayCall(value) || isFigureShow(value)) return false;
  if (value.func.type === "Name" && value.func.id === "print") return false;
  if (changesInPlace(value)) return false;
  const call = calls.find(({ node }) => node.start === value.start && node.end === value.end);
  if (call?.role !== undefined && notLookedAt.has(call.role)) return false;
  if (call?.effect?.returns.kind === "none") return false;
  if (call?.effect === undefined && value.func.type === "Attribute" && onlyChanging.has(value.func.attr.name))
    return false;
  return call?.effect === undefined || !isForItsChange(value, call, call.effect);
}

/** `table.drop(columns="a", inplace=True)`: it gives back nothing, or what it changed, whatever it is called on. */
function changesInPlace({ keywords }: ast.Call): boolean {
  return keywords.some(
    ({ arg, value }) => arg?.name === "inplace" && value.type === "Constant" && value.value === true,
  );
}

/**
 * A call that is done for what it changes, and gives back what it changed, or what was drawn: nothing worth a look. What
 * it takes out of something is (`words.pop()`, `file.read()`, `next(batches)`).
 */
function isForItsChange(value: ast.Call, call: CallSite, effect: Effect): boolean {
  if (!changesSomething(value, effect)) return false;
  const { kind } = effect.returns;
  const answers = kind === "new" || kind === "element" || kind === "tuple";
  return !answers || callDraws(call);
}

/** Whether it changes its receiver, or an argument that it is given: `a.all()` has no `out`. */
function changesSomething(call: ast.Call, effect: Effect): boolean {
  return effect.changes.some(
    ({ argument, when }) => (argument === "self" || isGiven(call, effect, argument)) && meets(call, effect, when),
  );
}

function isGiven(call: ast.Call, effect: Effect, argument: ArgumentSelector): boolean {
  if (call.keywords.some(({ arg }) => arg === undefined) || call.args.some(({ type }) => type === "Starred"))
    return true;
  if (typeof argument === "number") return argument < call.args.length;
  return argument === "*" ? call.args.length > 0 : given(call, effect, argument) !== undefined;
}

/** `plt.show()` and `fig.show()`, wherever they stand. */
export function figureEdits(context: ProjectContext, sourced: SourcedStatement): readonly SourceEdit[] {
  const text = showFigures(context, sourced);
  return [...walk(sourced.statement.node)]
    .map(({ node }) => node)
    .filter((node) => node.type === "Call" && isFigureShow(node))
    .map(({ start, end }) => ({ start, end, text }));
}

function isFigureShow(call: ast.Call): boolean {
  const { func } = call;
  return (
    func.type === "Attribute" &&
    func.attr.name === "show" &&
    func.value.type === "Name" &&
    /^(plt|pyplot)$/.test(func.value.id)
  );
}

function isDisplayCall(call: ast.Call): boolean {
  return call.func.type === "Name" && call.func.id === "display";
}

/** `display(a, b)` wherever it stands. */
export function displayCallEdits(context: ProjectContext, sourced: SourcedStatement): readonly SourceEdit[] {
  if (context.displays.isDisplayOwn) return [];
  return [...walk(sourced.statement.node)]
    .map(({ node }) => node)
    .flatMap((node) => {
      if (node.type !== "Call" || !isDisplayCall(node) || node.args.length === 0) return [];
      const first = node.args[0] as ast.Expr;
      const last = node.args.at(-1) as ast.Expr;
      const name = JSON.stringify(displayName(context.imports, first));
      return [
        { start: node.func.start, end: node.func.end, text: context.displays.show },
        { start: endOfArgument(sourced.python, last.end, node.end), end: node.end, text: `, name=${name})` },
      ];
    });
}

/** Where the last argument ends with the brackets around it: at the comma behind it, or at the end of the call. */
function endOfArgument(python: string, from: number, end: number): number {
  const [before = ""] = /^(?:[^,#]|#[^\n]*)*/.exec(python.slice(from, end - 1)) ?? [];
  return from + before.length;
}
