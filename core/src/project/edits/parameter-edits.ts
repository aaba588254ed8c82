import type { StatementId } from "../../dataflow/model.ts";
import { inclusionsOf } from "../../inclusion/inclusion.ts";
import type { CodeUse, Parameter } from "../../plan/plan.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import type { Span } from "../../text/position.ts";
import type { ProjectContext } from "../context.ts";
import { boundBy } from "../modules/definition-table.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import type { SourceEdit } from "./source-edit.ts";

/** The piece of a cell's translation that a plan's offsets, which are of the cell's source, mean. */
export function spanOfUse(use: CodeUse, sourced: SourcedStatement): Span {
  const { translation } = sourced.cell;
  if (inclusionsOf(translation).length > 0) return { start: use.start, end: use.end };
  const start = translation.toPython(use.start);
  // The end of a piece is where its last character ends: what follows may have been moved.
  return { start, end: translation.toPython(use.end - 1) + 1 };
}

/** What makes the uses of parameters in a statement read `params.<name>`. */
export function parameterEdits(
  context: ProjectContext,
  sourced: SourcedStatement,
  params: string,
): readonly SourceEdit[] {
  return [...keywordEdits(context, sourced, params), ...placeEdits(context, sourced, params)];
}

function placeEdits(context: ProjectContext, sourced: SourcedStatement, params: string): readonly SourceEdit[] {
  return context.plan.parameters.flatMap((parameter) =>
    parameter.uses
      .filter((use) => use.statement === sourced.id && use.keyword === undefined)
      .map((use) => spanOfUse(use, sourced))
      .filter((span) => !isSelfDocumenting(sourced.python, span))
      .map((span) => ({ ...span, text: parameterExpression(context, parameter, params, sourced, span) })),
  );
}

/** `Config(batch=64)` becomes `Config(batch=64, lr=params.lr)`: one insertion for each call. */
function keywordEdits({ plan }: ProjectContext, sourced: SourcedStatement, params: string): readonly SourceEdit[] {
  const given = plan.parameters.flatMap(({ name, uses }) =>
    uses.flatMap((use) =>
      use.keyword === undefined || use.statement !== sourced.id
        ? []
        : [{ ...spanOfUse(use, sourced), text: `${use.keyword}=${params}.${name}` }],
    ),
  );
  return [...Map.groupBy(given, ({ start, end }) => `${start} ${end}`).values()].flatMap((all) => {
    const [first] = all;
    const call = first && nodeAt(sourced.statement.node, first);
    if (call?.type !== "Call") return [];
    const own = [...call.args, ...call.keywords].map(({ end }) => end);
    // Behind the last argument, whose comma may follow; between empty brackets.
    const at = own.length === 0 ? call.end - 1 : Math.max(...own);
    const text = all.map((each) => each.text).join(", ");
    return [{ start: at, end: at, text: own.length === 0 ? text : `, ${text}` }];
  });
}

/** How code reads a parameter. A tuple stays one, although YAML knows only lists, and a path a path. */
export function parameterExpression(
  context: ProjectContext,
  parameter: Parameter,
  params: string,
  sourced?: SourcedStatement,
  span?: Span,
): string {
  const read = `${params}.${parameter.name}`;
  const literal = sourced === undefined || span === undefined ? undefined : nodeAt(sourced.statement.node, span);
  const replaced =
    parameter.replaces === undefined ? undefined : context.source.statement(parameter.replaces).statement.node;
  const value = literal?.type === "Name" ? undefined : literal;
  const assigned = replaced !== undefined && "value" in replaced ? replaced.value : undefined;
  const isTuple = value?.type === "Tuple" || (typeof assigned === "object" && assigned?.type === "Tuple");
  if (typeof assigned === "object" && assigned?.type === "Call") {
    const { python } = context.source.statement(parameter.replaces as StatementId);
    return `${python.slice(assigned.func.start, assigned.func.end)}(${read})`;
  }
  return isTuple ? `tuple(${read})` : read;
}

/** The parameter that took the place of a global name, if one did. */
export function parameterOfName(context: ProjectContext, name: string): Parameter | undefined {
  return context.plan.parameters.find(
    ({ replaces }) => replaces !== undefined && boundBy(context.source.statement(replaces)).includes(name),
  );
}

function nodeAt(root: ast.Stmt, span: Span): ast.Expr | undefined {
  for (const { node } of walk(root)) {
    if (node.start === span.start && node.end === span.end) return node as ast.Expr;
  }
  return undefined;
}

/** `f"{n_trees=}"` shows the expression's own text, which must stay. */
function isSelfDocumenting(python: string, span: Span): boolean {
  return /^\s*=\s*[}!:]/.test(python.slice(span.end, span.end + 80));
}
