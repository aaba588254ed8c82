import type { Dataflow } from "../../dataflow/model.ts";
import { inclusionsOf } from "../../inclusion/inclusion.ts";
import { literalOf } from "../../plan/parameters/literal.ts";
import type { PipelinePlan } from "../../plan/plan.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";

/**
 * The secrets that stand in the notebook's code, by the variable that the project reads each from: what its process is
 * given for the proof. They go to no file.
 */
export function secretValues(
  { parameters }: Pick<PipelinePlan, "parameters">,
  { statements, cells }: Pick<Dataflow, "statements" | "cells">,
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { name, origin, replaces, uses } of parameters) {
    if (origin !== "secret") continue;
    const id = replaces ?? uses[0]?.statement;
    const statement = statements.find((each) => each.id === id);
    const translation = cells.find(({ cell }) => cell.index === statement?.cell)?.translation;
    if (statement === undefined || translation === undefined) continue;
    const start = uses[0]?.start ?? 0;
    const offset = inclusionsOf(translation).length > 0 ? start : translation.toPython(start);
    const assigned = replaces !== undefined && statement.node.type === "Assign" ? statement.node.value : undefined;
    const node =
      assigned ??
      [...walk(statement.node)].find((step) => step.node.type === "Constant" && step.node.start === offset)?.node;
    const literal = node === undefined ? undefined : literalOf(node as ast.Expr);
    if (literal?.type === "str") values[name] = String(literal.value);
  }
  return values;
}
