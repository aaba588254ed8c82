import type { NamedLambda } from "../../plan/plan.ts";
import { allArguments } from "../../python/scope-reader.ts";
import { walk } from "../../python/walk.ts";
import type { ProjectContext } from "../context.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import { spanOfUse } from "./parameter-edits.ts";
import { applyEdits, type SourceEdit } from "./source-edit.ts";

/** The lambdas of a statement that are functions of a module now: their names take their places. */
export function lambdaEdits({ plan }: ProjectContext, sourced: SourcedStatement): readonly SourceEdit[] {
  return plan.modules.flatMap(({ named = [] }) =>
    named
      .filter(({ use }) => use.statement === sourced.id)
      .map((each) => ({ ...spanOfUse(each.use, sourced), text: each.function })),
  );
}

/** The function that stands for a lambda; undefined for a plan that names something else. */
export function lambdaFunction(
  context: ProjectContext,
  named: NamedLambda,
  sourced: SourcedStatement,
): string | undefined {
  const { start, end } = spanOfUse(named.use, sourced);
  const { python, statement } = sourced;
  const found = walk(statement.node).find(
    ({ node }) => node.type === "Lambda" && node.start === start && node.end === end,
  );
  if (found?.node.type !== "Lambda") return undefined;
  const { args } = found.node;
  const colon = python.indexOf(
    ":",
    Math.max(start, ...allArguments(args).map((each) => each.default?.end ?? each.end)),
  );
  // Of lambdas in it that have names too, those.
  const value = applyEdits(python, { start: colon + 1, end }, lambdaEdits(context, sourced)).trim();
  const parameters = python.slice(start + "lambda".length, colon).trim();
  return `def ${named.function}(${parameters}):\n    return ${value.includes("\n") ? `(${value})` : value}`;
}

/** True where the statement does nothing but give the lambda that name: `double = lambda x: 2 * x`. */
export function isAssignedLambda(named: NamedLambda, sourced: SourcedStatement): boolean {
  const { node } = sourced.statement;
  if (node.type !== "Assign" || node.value.type !== "Lambda") return false;
  const [target] = node.targets;
  return (
    target?.type === "Name" && target.id === named.function && node.value.start === spanOfUse(named.use, sourced).start
  );
}
