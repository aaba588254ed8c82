import type { StatementId } from "../../dataflow/model.ts";
import type { Analysis } from "../../rules/analysis.ts";
import type { PipelinePlan } from "../plan.ts";
import { type RefusedPlan, refusalOf } from "./check-plan.ts";
import { withCrossings } from "./crossings.ts";
import { matchStatements } from "./match-statements.ts";
import { followWish, nearestPlan } from "./nearest-plan.ts";
import { planFaults } from "./plan-faults.ts";
import type { PlanFile } from "./plan-file.ts";
import { statementPrints } from "./statement-prints.ts";
import { wishOf } from "./wish.ts";

/** A plan for a notebook as it is now. */
export interface FollowedPlan {
  readonly plan: PipelinePlan;
  /** What became of statements that changed since the plan was made, as sentences. */
  readonly notes: readonly string[];
}

/**
 * The plan of a file for this notebook. Where the notebook changed since, its statements are found again by their code;
 * those that are new go where those before them are. A plan that cannot be is refused, with the nearest one that can.
 */
export function followPlan(file: PlanFile, analysis: Analysis): FollowedPlan | RefusedPlan {
  const { plan, prints, placeOf } = file;
  const now = statementPrints(analysis);
  if (prints === undefined || isSame(prints, now)) {
    const refused = refusalOf(plan, analysis, placeOf);
    if (refused === undefined) return { plan: ofNotebook(plan, analysis), notes: [] };
    const mended = withCrossings(plan, nearestPlan(plan, analysis), analysis);
    if (mended === undefined) return refused;
    const notes = [`What crosses the stages of the plan was made anew: ${planFaults(plan, analysis)[0]?.message}.`];
    return { plan: { ...ofNotebook(mended, analysis), notes: [...mended.notes, ...notes] }, notes };
  }
  const { now: found, changed, lost, added } = matchStatements(prints, now);
  const moved = withStatements(plan, found);
  const { plan: made, changes, reasons } = followWish(wishOf(moved), moved, analysis, new Set([...changed, ...added]));
  const notes = [
    sentence("changed since the plan was made, and stay in their stages", changed),
    sentence("of the plan are no longer in the notebook", lost),
    sentence("are new in the notebook, and go with those before them", added),
    ...changes.map((change) => `The plan cannot be followed as it is: ${change}.`),
    ...reasons,
  ].filter((note) => note !== undefined);
  if (made === undefined) return refusalOf(plan, analysis, placeOf) ?? { plan, notes: [] };
  return { plan: { ...made, notes: [...made.notes, ...notes] }, notes };
}

/** Outputs and text cells may have changed: that does not concern a plan. */
function ofNotebook(plan: PipelinePlan, { notebook }: Analysis): PipelinePlan {
  return { ...plan, notebook: { ...plan.notebook, path: notebook.path } };
}

function isSame(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const ids = Object.keys(one);
  return ids.length === Object.keys(other).length && ids.every((id) => one[id] === other[id]);
}

/** A plan with the statements called what they are called now, and without those that are gone. */
function withStatements(plan: PipelinePlan, found: ReadonlyMap<StatementId, StatementId>): PipelinePlan {
  const known = (id: StatementId) => found.get(id);
  const all = (ids: readonly StatementId[]) => ids.map(known).filter((id) => id !== undefined);
  return {
    ...plan,
    stages: plan.stages.map((stage) => ({ ...stage, statements: all(stage.statements) })),
    leftOut: plan.leftOut.flatMap(({ statement, why }) => {
      const id = known(statement);
      return id === undefined ? [] : [{ statement: id, why }];
    }),
    parameters: plan.parameters.flatMap((parameter) => {
      const { replaces, uses } = parameter;
      const id = replaces === undefined ? undefined : known(replaces);
      if (replaces !== undefined && id === undefined) return [];
      const moved = uses.flatMap((use) => {
        const statement = known(use.statement);
        return statement === undefined ? [] : [{ ...use, statement }];
      });
      return [{ ...parameter, uses: moved, ...(id === undefined ? {} : { replaces: id }) }];
    }),
  };
}

function sentence(what: string, ids: readonly StatementId[]): string | undefined {
  if (ids.length === 0) return undefined;
  const shown = ids.length > 8 ? `${ids.slice(0, 7).join(", ")} and ${ids.length - 7} more` : ids.join(", ");
  return `Statements ${shown} ${what}.`;
}
