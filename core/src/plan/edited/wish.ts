import type { StatementId } from "../../dataflow/model.ts";
import type { PipelinePlan } from "../plan.ts";

/** What a person wants of a plan: which statements are which stage, and what is left out. Everything else follows. */
export interface PlanWish {
  /** In the order in which they shall run. */
  readonly stages: readonly WishedStage[];
  readonly leftOut: ReadonlyMap<StatementId, string>;
}

export interface WishedStage {
  readonly name: string;
  readonly title: string;
  readonly isReport: boolean;
  readonly statements: readonly StatementId[];
}

/** What a plan says about stages, whether or not it can be. */
export function wishOf({ stages, leftOut }: PipelinePlan): PlanWish {
  return {
    stages: stages.map(({ name, title, isReport, statements }) => ({ name, title, isReport, statements })),
    leftOut: new Map(leftOut.map(({ statement, why }) => [statement, why])),
  };
}

/** The stage of each statement, by its place; of several the first. */
export function wishedPlaces({ stages }: PlanWish): ReadonlyMap<StatementId, number> {
  const places = new Map<StatementId, number>();
  for (const [index, { statements }] of stages.entries())
    for (const id of statements) if (!places.has(id)) places.set(id, index);
  return places;
}

/** Statements that are wished into the work, and not beside it. */
export function wishedWork(wish: PlanWish | undefined): ReadonlySet<StatementId> {
  return new Set(wish?.stages.flatMap(({ statements, isReport }) => (isReport ? [] : statements)) ?? []);
}
